"""What policies bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.policies import POLICIES_MANAGE, Policies
from bilin.core.site import Site
from bilin.policies.claims import PoliciesKnowledge
from bilin.policies.events import ValueSet
from bilin.policies.memory import Memory
from bilin.policies.routes import routes
from bilin.policies.tables import said
from bilin.policies.undoing import PoliciesUndoing


async def start(site: Site) -> None:
    """Know what holds for whom, and keep it true."""
    memory = Memory(site.pool, site.settings)
    site.tail.listen(memory.hear, memory.look_again)
    await memory.read()
    site.provide(Policies, memory)
    site.keep("policies-memory", memory.run)


feature = Feature(
    name="policies",
    none=FIRST_QUESTIONS,
    events=(ValueSet,),
    tables=(said,),
    permissions={POLICIES_MANAGE: "Set policies of units"},
    claims=PoliciesKnowledge,
    undoing=PoliciesUndoing,
    routes=routes,
    start=start,
)
