"""The Hugging Face hub: the last place where weights are looked for.

The hub's own client keeps what it fetched in its cache and honours HF_HUB_OFFLINE, HF_ENDPOINT and HF_HOME. Only
safetensors are fetched: a pickled file could run code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.errors import WeightsMissing

_WANTED: Final = ("*.json", "*.safetensors", "*.model", "*.txt", "*.jinja", "README.md")
_CHECK: Final = "Check the name and the network, or put the model in a folder and name that in the configuration."
_SUBFOLDERS: Final = ("onnx/*", "openvino/*", "original/*")


def downloaded(hub_id: str) -> Path | None:
    """Find the snapshot of a model that was fetched before; the network is not touched."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415  only a model from the hub needs it
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        folder = Path(snapshot_download(hub_id, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None
    return folder if _is_complete(folder) else None


def download(hub_id: str) -> Path:
    """Fetch a model.

    Raises:
        WeightsMissing: the hub cannot be reached or must not be, has no such model, or it has no safetensors.
    """
    import httpx2  # noqa: PLC0415  comes with the hub's client
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    try:
        folder = Path(snapshot_download(hub_id, allow_patterns=list(_WANTED), ignore_patterns=list(_SUBFOLDERS)))
    except (OSError, HFValidationError, httpx2.HTTPError) as error:
        message = f"The model {hub_id} is not on this machine and could not be fetched from the hub."
        raise WeightsMissing(message, _CHECK) from error
    if not _is_complete(folder):
        message = f"The model {hub_id} has no weights in the safetensors format."
        raise WeightsMissing(message, "Choose another model.")
    return folder


def _is_complete(folder: Path) -> bool:
    return (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))
