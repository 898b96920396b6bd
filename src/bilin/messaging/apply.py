"""Events → rows, in bulk. Free of order and idempotent: what converges is said at each statement.

Within one commit the types are applied in the order of the imports below, whatever their positions. What needs it:
messages come first, because joining, notices and read marks look for "the newest message before this id"; removals come
before additions, so that somebody who was removed and added again starts anew.

What is not here is declared where the event is (`writes`).

Only `seq` and what is counted in it (`last_seq`, `read_seq`, `mention_seq`) speak of the order of arrival at this site.
"""

# The order of these imports is the order of application.
# isort: off
from bilin.messaging.messages.apply import sent as sent
from bilin.messaging.conversations.apply import creation as creation
from bilin.messaging.members.apply import removal as removal
from bilin.messaging.members.apply import addition as addition
from bilin.messaging.members.apply import roles as roles
from bilin.messaging.conversations.apply import titles as titles
from bilin.messaging.messages.apply import changes as changes
from bilin.messaging.receipts.apply import reads as reads
