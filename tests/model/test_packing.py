from __future__ import annotations

import pytest
import torch

from bot.model.packing import packed


@pytest.mark.parametrize("rows", [1, 7, 300])
@pytest.mark.parametrize("laid_out", [True, False])
def test_a_packed_weight_multiplies_as_before(rows: int, laid_out: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    if not laid_out:
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    torch.manual_seed(1)
    weight, inputs = torch.randn(24, 16), torch.randn(rows, 16)
    with torch.inference_mode():
        torch.testing.assert_close(packed(weight)(inputs), inputs @ weight.T)
