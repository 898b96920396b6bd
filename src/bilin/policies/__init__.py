"""Policies: what administrators set for a unit instead of for a whole site, and why it is what it is.

Other modules declare theirs and ask through `bilin.core.policies`; here is what was set, by whom, and what follows.
"""

from bilin.core.module import Module
from bilin.policies.events import ValueSet
from bilin.policies.feature import feature as policies

__all__ = ["ValueSet", "module"]

module = Module("policies", features=(policies,))
