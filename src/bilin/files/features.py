"""What files bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.site import Site
from bilin.files.between.fetching import Fetcher
from bilin.files.between.giving import Giver
from bilin.files.between.messages import BYTES, PREVIEW
from bilin.files.blobs.checks import look_at_previews, look_at_store
from bilin.files.blobs.opening import open_store
from bilin.files.blobs.store import Store
from bilin.files.blobs.sweep import hourly, job
from bilin.files.blobs.tables import blob
from bilin.files.previews.making import Previews
from bilin.files.previews.tables import preview
from bilin.files.settings import POLICIES, FilesSettings
from bilin.files.shared.facts import FileAdded, FileRemoved, file
from bilin.files.shared.limits import FilesKnowledge
from bilin.files.shared.routes import routes as shared_routes
from bilin.files.uploads.routes import routes as upload_routes
from bilin.files.uploads.tables import upload
from bilin.sites import Network


async def start(site: Site) -> None:
    """Open the store, to other sites as well."""
    site.provide(Store, open_store(site.settings))
    site.provide(Fetcher, Fetcher(site))
    site.provide(Previews, Previews(site))
    giver, network = Giver(site), site.get(Network)
    network.answer(BYTES, giver.answer)
    network.answer(PREVIEW, giver.preview)


blobs = Feature(
    name="blobs",
    none=FIRST_QUESTIONS - {"policies", "checks", "jobs", "schedules"},
    policies=POLICIES,
    settings=(FilesSettings,),
    tables=(blob, preview),
    checks=(look_at_store, look_at_previews),
    jobs=(job,),
    schedules=(hourly,),
    start=start,
)
uploads = Feature(name="uploads", none=FIRST_QUESTIONS, tables=(upload,), routes=upload_routes)
shared = Feature(
    name="shared",
    none=FIRST_QUESTIONS,
    events=(FileAdded, FileRemoved),
    tables=(file,),
    claims=FilesKnowledge,
    routes=shared_routes,
)
