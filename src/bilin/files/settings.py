"""Settings of files: section `[files]`, variables `BILIN_FILES_…`."""

from typing import Annotated

from msgspec import Meta

from bilin.core.policies import policy
from bilin.core.settings import Section, settings_section

STORE = "s3://bucket/prefix of an S3 of your own; empty = the folder files/blobs of the data folder"
ENDPOINT = "Address of that S3, such as https://s3.example.com; empty = Amazon's"
REGION = "Region of that S3; most that are not Amazon's take any"
LARGEST = "Largest file, in megabytes (1,000,000 bytes)"
ROOM = "How many megabytes the files of one person may take together; 0 = as many as there is room for"
PROGRAMS = "Whether programs and scripts may be sent"
KEEP_FREE = "So many megabytes stay free on the disk of the data folder: the database needs them more than files do"
UNSENT = "After so many hours without a new byte an upload that was not sent goes"


@settings_section("files")
class FilesSettings(Section, frozen=True):
    """Where the bytes of files lie, and what may be sent."""

    store: Annotated[str, Meta(pattern="^(s3://[^/]+.*)?$", description=STORE)] = ""
    s3_endpoint: Annotated[str, Meta(description=ENDPOINT, extra={"line": True})] = ""
    s3_region: Annotated[str, Meta(description=REGION)] = "us-east-1"
    s3_access_key: Annotated[str, Meta(description="Access key of that S3", extra={"secret": True})] = ""
    s3_secret_key: Annotated[str, Meta(description="Secret key of that S3", extra={"secret": True})] = ""
    largest_mb: Annotated[int, Meta(ge=0, le=1_000_000, description=LARGEST)] = 4_000
    room_mb: Annotated[int, Meta(ge=0, le=100_000_000, description=ROOM)] = 0
    may_send_programs: Annotated[bool, Meta(description=PROGRAMS)] = True
    keep_free_mb: Annotated[int, Meta(ge=0, le=100_000_000, description=KEEP_FREE)] = 1_000
    unsent_hours: Annotated[int, Meta(ge=24, le=8_760, description=UNSENT)] = 72


LARGEST_FILE = policy(FilesSettings, "largest_mb", int, "megabytes")
ROOM_PER_PERSON = policy(FilesSettings, "room_mb", int, "megabytes")
MAY_SEND_PROGRAMS = policy(FilesSettings, "may_send_programs", bool)
POLICIES = (LARGEST_FILE, ROOM_PER_PERSON, MAY_SEND_PROGRAMS)
MEGABYTE = 1_000_000
