"""Asking another site for the preview of a picture that lies there."""

from bilin.files.between.messages import PREVIEW, AskPreview, Preview, encoder, read_preview
from bilin.files.shared.reading import SharedFile
from bilin.sites import Network

ASK_TIMEOUT_S = 20.0


async def ask_preview(network: Network, number: int, file: SharedFile, side: int) -> Preview:
    """Why there is none, and it. Raises what the line raises, and `BadBatch` for what is no preview."""
    asked = AskPreview(int(file.conversation), int(file.file), file.blob, side)
    return read_preview(await network.ask(number, encoder.encode(asked), PREVIEW, ASK_TIMEOUT_S))
