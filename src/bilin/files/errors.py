"""Errors of files."""

from bilin.core.errors import BilinError, Conflict, Forbidden, NotFound, Unavailable


class UploadNotFound(NotFound):
    """There is no such upload of this person: it expired, was given up, or never was."""

    code = "files.upload_not_found"
    title = "There is no such upload"
    hint = "Begin it anew."


class UploadBusy(Conflict):
    """Another request is sending bytes of the same upload."""

    code = "files.upload_busy"
    status = 423
    title = "This upload is being sent already"
    hint = "Wait until that request has ended, ask how far it came (HEAD), and go on from there."
    retry_after_s = 1


class WrongOffset(Conflict):
    """Bytes were sent for another place than where the upload stands: a piece twice, or out of order."""

    code = "files.wrong_offset"
    title = "The upload stands elsewhere"
    hint = "Ask how far it came (HEAD), and go on from there."
    offset: int


class TooManyBytes(BilinError):
    """More bytes came than were announced."""

    code = "files.too_many_bytes"
    status = 413
    title = "More came than was announced"
    hint = "Begin anew and announce how large the file is: it may have grown meanwhile."
    size: int


class ChecksumWrong(BilinError):
    """The bytes are not those that were sent. Status: tus 1.0, checksum extension."""

    code = "files.checksum_wrong"
    status = 460
    title = "The bytes changed on the way"
    hint = "Send them again."


class ProtocolUnknown(BilinError):
    """The request is not of tus 1.0.0."""

    code = "files.protocol_unknown"
    status = 412
    title = "The upload speaks another version of the protocol"
    hint = "Send `Tus-Resumable: 1.0.0` (https://tus.io)."


class FileTooLarge(Forbidden):
    """Larger than the unit of the person allows."""

    code = "files.too_large"
    status = 413
    title = "The file is too large"
    hint = "Send it in parts, or ask your administrator."
    largest_mb: int


class NoRoomLeft(Forbidden):
    """The files of the person take as much as they may."""

    code = "files.no_room_left"
    title = "There is no room left for your files"
    hint = "Take files back that nobody needs, or ask your administrator."
    room_mb: int


class SiteFull(Unavailable):
    """The disk of the site takes no more files."""

    code = "files.site_full"
    status = 507
    title = "This site has no room for files"
    hint = "Your administrator knows how to make room. Messages without files go as ever."
    retry_after_s = 60


class ProgramForbidden(Forbidden):
    """The unit of the person lets no programs be sent."""

    code = "files.program_forbidden"
    title = "Programs and scripts may not be sent"
    hint = "Ask your administrator how programs are handed on in your company."


class TooManyUploads(Conflict):
    """More than one person may have at once."""

    code = "files.too_many_uploads"
    title = "Too many files wait to be sent"
    hint = "Send those that are there, or give them up."
    limit: int


class OnItsWay(Unavailable):
    """Another site has the bytes of the file, and they are coming."""

    code = "files.on_its_way"
    title = "This file is on its way from another site"
    hint = "Wait a moment and ask again: what has come stays."
    retry_after_s = 1
    received: int
    size: int
    site: int
    name: str


class BytesElsewhere(Unavailable):
    """The site that has the bytes of the file cannot be reached now."""

    code = "files.elsewhere"
    title = "This file is at another site that cannot be reached now"
    hint = "Open it again when the line is back: what has come stays."
    retry_after_s = 10
    site: int
    name: str


class PictureTooLarge(BilinError):
    """More pixels than anything here looks at."""

    code = "files.picture_too_large"
    status = 422
    title = "This picture is too large to be shown"
    hint = "Download it, or send a smaller one."


class PictureUnreadable(BilinError):
    """It is no picture, or a damaged one."""

    code = "files.picture_unreadable"
    status = 422
    title = "This picture cannot be shown"
    hint = "Download it: a program for its kind may open it."


class PreviewsAway(Unavailable):
    """The process that looks at pictures ended, or cannot be locked in on this machine."""

    code = "files.previews_away"
    title = "Previews cannot be made now"
    hint = "Download the file. If it stays so, the administrator looks at `bilin doctor`."
    retry_after_s = 5


class BytesMissing(Unavailable):
    """The fact of the file is here; its bytes are not, or are damaged, and no other site has them."""

    code = "files.bytes_missing"
    title = "The bytes of this file are lost"
    hint = "Ask whoever sent it to send it again, or the administrator to look at `bilin doctor`."
    retry_after_s = 60
