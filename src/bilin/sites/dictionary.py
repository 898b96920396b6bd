"""What messages between sites are full of, for the compression of short ones: a preset dictionary (RFC 1950, 2.2).

Both sides must have the same one: a change of it is a new wire version. What is most frequent stands last.
"""

_RARE = (
    '{"person":"","login":""}{"person":"","hash":"$argon2id$v=19$m=65536,t=3,p=1$"}'
    '{"unit":"","parent":"","name":"","kind":"department","rank":0}{"person":"","name":"","title":"","unit":"",'
    '"units":[{"unit":"","title":"","main":true}],"email":"","phone":""}{"grant":"","person":"","role":"","unit":""}'
    '{"session":"","person":"","device":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","address":"","token_sha256":""}'
    '{"conversation":"","kind":"group","title":"","members":[{"person":"","role":"owner"},{"person":"","role":"member"},'
    '{"conversation":"","kind":"direct","title":"","members":['
    '{"conversation":"","muted":true,"pinned":false,"hidden":false}'
    '{"conversation":"","people":["","{"conversation":"","person":"","role":"admin"}'
    "identity.account_created identity.password_set identity.preferences_changed identity.session_opened "
    "identity.session_used identity.session_revoked org.unit_added org.unit_changed org.person_added "
    "org.person_changed org.person_deactivated identity.grant_given messaging.conversation_created "
    "messaging.conversation_renamed messaging.members_added messaging.member_removed "
    "messaging.member_role_changed messaging.owner_changed "
    "messaging.conversation_preferences_changed https://www.com.cn/?="
)
_WORDS = (
    "The and that have with this will you for not are from your can please thanks tomorrow today meeting 谢谢收到好的请"
    "问我们你们他们可以不是什么这个那个一下现在今天明天下午上午会议时间文件看到没有已经需要知道问题部门公司客户项目合同，。？！的是"
)
_FREQUENT = (
    '"marks":["bold"]},{"type":"link","text":"","href":""},{"type":"code","text":"","language":""},'
    '{"type":"list","ordered":false,"items":[[{"type":"text","text":"'
    "messaging.message_edited"
    '{"conversation":"","message":"","content":{"blocks":[{"type":"paragraph","spans":[{"type":"text","text":"'
    "messaging.message_recalled"
    '{"conversation":"","message":""}'
    "messaging.reaction_set"
    '{"conversation":"","message":"","emoji":"\U0001f44d","present":true}'
    "messaging.read_marked"
    '{"conversation":"","through":"","shared":false}{"conversation":"","through":"","shared":true}'
    '{"type":"mention","person":"","name":""},{"type":"mention_all"}],"reply_to":{"id":"","sender":"","text":"'
    '","recalled":false},"mentions":[""],"mentions_all":true}'
    "\x97\xcf\x06messaging.message_sent\x01\xc5\x00"
    '{"conversation":"","content":{"blocks":[{"type":"paragraph","spans":[{"type":"text","text":"'
    '"}]}]},"reply_to":null,"mentions":[],"mentions_all":false}\xc4\x10'
    '\xb6messaging.message_sent\x01\xc4{"conversation":"-\xb6messaging.message_sent\x01\xc5\x01{"conversation":"'
    '5","content":{"blocks":[{"type":"paragraph","spans":[{"type":"text","text":"'
    '"}]}]},"reply_to":null,"mentions":[],"mentions_all":false}\xc4\x10'
)


def _bytes(text: str) -> bytes:
    """UTF-8, but msgpack's own bytes as they are."""
    return b"".join(bytes((ord(each),)) if 0x80 <= ord(each) <= 0xFF else each.encode() for each in text)


TYPICAL = b"".join(map(_bytes, (_RARE, _WORDS, _FREQUENT)))
"""The dictionary."""
