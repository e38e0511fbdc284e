"""Large uploads without a name: gone from the disk even when the process is killed."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from smartkampung.residents.imports.rules import LARGEST


class NamelessFileHandler(FileUploadHandler):
    """Streams an upload into a temporary file that no folder lists.

    Of a file that is too large it keeps one byte more than is allowed, by which
    whoever takes the file sees that; the disk does not fill up.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make room for a file."""
        super().new_file(*args, **kwargs)
        self._target = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the upload

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one piece."""
        self._target.write(raw_data[: max(0, LARGEST + 1 - start)])

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Return the upload, read from its beginning."""
        self._target.seek(0)
        return UploadedFile(
            file=self._target,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def upload_interrupted(self) -> None:
        """Let go of what came so far."""
        target = getattr(self, "_target", None)
        if target is not None:
            target.close()
