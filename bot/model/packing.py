"""Weights laid out once as the processor's multiplication wants them, which is otherwise done anew in every pass.

Measured for the packaged writer in bfloat16: a pass of forty tokens takes two thirds of the time, one of seven hundred
nine tenths. Eight-bit weights (torch's dynamic quantisation) gained nothing over this, and a token in thirty changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def packed(weight: Tensor) -> Callable[[Tensor], Tensor]:
    """Give the multiplication by `weight`, as `torch.nn.functional.linear` does it."""
    import torch  # noqa: PLC0415  loading torch takes seconds

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return lambda inputs: torch.nn.functional.linear(inputs, weight)
    laid_out = torch.ops.mkldnn._reorder_linear_weight(weight)  # noqa: SLF001  has no public name; torch is pinned

    def multiply(inputs: Tensor) -> Tensor:
        product: Tensor = torch.ops.mkldnn._linear_pointwise(inputs, laid_out, None, "none", [], "")  # noqa: SLF001
        return product

    return multiply
