"""Clean Russian sentences made bureaucratic, with the places of every change known."""
