import pytest
import torch

from bylostalo.training.precision import mixed_precision, working_dtype


@pytest.mark.parametrize(
    ("capability", "expected"),
    [("AVX512", torch.bfloat16), ("AVX512_BF16", torch.bfloat16), ("AVX2", torch.float32), ("DEFAULT", torch.float32)],
)
def test_a_cpu_computes_in_what_it_multiplies(capability, expected, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    assert working_dtype() == expected
    assert mixed_precision() == {"bf16": expected == torch.bfloat16, "fp16": False}


@pytest.mark.parametrize(("modern", "expected"), [(True, torch.bfloat16), (False, torch.float16)])
def test_an_older_gpu_computes_in_float16(modern, expected, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: modern)
    assert working_dtype() == expected
    assert mixed_precision() == {"bf16": modern, "fp16": not modern}
