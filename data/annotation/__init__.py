"""Records as tasks of annotation tools, with what is known of them as suggestions, and back again."""
