"""Answering another site's questions about digests. It learns nothing that it should not have anyway."""

from time import monotonic

import structlog

from bilin.core.database import Pool
from bilin.core.digests import PARTS, Part
from bilin.core.errors import BilinError
from bilin.sites.health.verifying.questions import (
    AskHashes,
    AskLine,
    AskStand,
    AskSums,
    DigestAnswer,
    DigestQuestion,
    Hashes,
    Refusal,
    RowText,
    Sums,
    decode_question,
    encode,
)
from bilin.sites.health.verifying.state import State, open_state

logger = structlog.get_logger(__name__)
KEPT_S = 120.0
"""How long the conversations shared with an asker are remembered after its last question."""


class DigestDesk:
    """Keeps for each asker the state it began with: which conversations both sites have."""

    def __init__(self, pool: Pool, here: int) -> None:
        self._pool, self._here = pool, here
        self._states: dict[int, tuple[float, State]] = {}

    async def answer(self, asker: int, payload: bytes) -> bytes:
        """The answer to one question. Refusals are answers, too."""
        try:
            return encode(await self._answer(asker, decode_question(payload)))
        except BilinError as refused:
            logger.warning("sites.digests_refused", asker=asker, code=refused.code, detail=refused.detail)
            return encode(Refusal(refused.detail))

    async def _answer(self, asker: int, question: DigestQuestion) -> DigestAnswer:
        if isinstance(question, AskStand):
            state, stand = await open_state(self._pool, self._here, asker)
            self._keep(asker, state)
            return stand
        part = PARTS.get(question.part)
        if part is None:
            return Refusal(f"there is no part {question.part} here")
        return await _look(await self._state(asker), part, question)

    async def _state(self, asker: int) -> State:
        if asker in self._states:
            state = self._states[asker][1]
        else:
            state, _ = await open_state(self._pool, self._here, asker)
        self._keep(asker, state)
        return state

    def _keep(self, asker: int, state: State) -> None:
        now = monotonic()
        self._states[asker] = (now, state)
        self._states = {each: kept for each, kept in self._states.items() if now - kept[0] < KEPT_S}


async def _look(state: State, part: Part, question: AskSums | AskHashes | AskLine) -> DigestAnswer:
    match question:
        case AskSums():
            return Sums(tuple(await state.sums(part, question.bounds)))
        case AskHashes():
            return Hashes(tuple(await state.hashes(part, question.start, question.end)))
        case AskLine():
            return RowText(await state.line(part, question.key))
