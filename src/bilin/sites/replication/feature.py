"""What replication brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.sites.replication.apply import apply_settled
from bilin.sites.replication.checks import look_at_kept_back
from bilin.sites.replication.events import KeptBackSettled
from bilin.sites.replication.routes import routes
from bilin.sites.replication.tables import kept_back, loss, need, position, settled

feature = Feature(
    name="replication",
    none=FIRST_QUESTIONS - {"checks"},
    checks=(look_at_kept_back,),
    events=(KeptBackSettled,),
    appliers=(apply_settled,),
    tables=(position, need, loss, kept_back, settled),
    routes=routes,
)
