/**
 * Runs the browser's reducers in plain Node, for the convergence test: what was fetched + events = fetched afresh.
 *
 *     node tools/replay.ts < cases.ndjson      one case a line in, one result a line out
 *     node tools/replay.ts --types             the event types the client handles, one a line
 *
 * A case: {"initial": {"sync": answer of GET /api/sync,
 *                      "conversations": [answers of GET /api/conversations/{c}],
 *                      "messages": {c: answer of GET …/messages, the newest, or a list of such, each further `before`}},
 *          "events": [frames]}
 *
 * `events` may hold any server frame, and answers that come late, at the place where they arrive:
 * {"t":"fetched","conversation":answer} · {"t":"fetched","messages":{"conversation":c,"request":{"newest":true},"answer":…}} ·
 * {"t":"fetched","head":answer of GET …?limit=1} · {"t":"fetched","sync":answer}. The result has the shapes of `as-fetched.ts`, or
 * {"error": text}.
 */
import { createInterface } from 'node:readline'
import type { ConversationPage, EventFrame, Id, MessagePage, Sync } from '../src/core/api/contract.ts'
import { installedTypes, installSlices } from '../src/log/installed.ts'
import { applyConversation } from '../src/log/reducer/apply-conversation.ts'
import { applyEvent, applyPosition } from '../src/log/reducer/apply-event.ts'
import { applyMessages, type PageRequest } from '../src/log/reducer/apply-messages.ts'
import { applySync } from '../src/log/reducer/apply-sync.ts'
import { type AsFetched, asFetched } from '../src/log/reducer/as-fetched.ts'
import { applyElsewhere } from '../src/log/reducer/elsewhere.ts'
import type { State } from '../src/log/reducer/state.ts'
import { slices } from './slices.ts'

interface Page {
  conversation: Id
  request: PageRequest
  answer: MessagePage
}

type Step =
  | EventFrame
  | { t: 'pos' | 'pong' | 'ready'; pos: number; run?: Id }
  | { t: 'fetched'; conversation?: ConversationPage; head?: ConversationPage; messages?: Page; sync?: Sync }

export interface Case {
  initial: {
    sync: Sync
    conversations?: ConversationPage[]
    messages?: Record<Id, MessagePage | MessagePage[]>
  }
  events: Step[]
}

installSlices(slices)

/** The state at the end of a case. */
export function replay({ initial, events }: Case): AsFetched {
  return asFetched(events.reduce(step, start(initial)))
}

function start(initial: Case['initial']): State {
  let state = applySync(null, initial.sync)
  for (const answer of initial.conversations ?? []) state = applyConversation(state, answer)
  for (const [conversation, given] of Object.entries(initial.messages ?? {})) {
    for (const answer of [given].flat()) {
      const oldest = state.rooms[conversation]?.live
      const further = answer.more_after && oldest?.from
      const request: PageRequest = further ? { before: further } : { newest: true }
      state = applyMessages(state, conversation, request, answer)
    }
  }
  return state
}

function step(state: State, given: Step): State {
  if (given.t === 'event') return applyEvent(state, given)
  if (given.t !== 'fetched') return applyPosition(state, given.pos, given.run)
  if (given.sync) return applySync(state, given.sync)
  if (given.conversation) return applyConversation(state, given.conversation)
  if (given.head) return applyElsewhere(state, given.head)
  if (!given.messages) return state
  const { conversation, request, answer } = given.messages
  return applyMessages(state, conversation, request, answer)
}

async function main(): Promise<void> {
  if (process.argv.includes('--types')) {
    process.stdout.write(`${installedTypes().join('\n')}\n`)
    return
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim()) process.stdout.write(`${resultOf(line)}\n`)
  }
}

function resultOf(line: string): string {
  try {
    return JSON.stringify(replay(JSON.parse(line) as Case))
  } catch (cause) {
    return JSON.stringify({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
}

if (import.meta.main) await main()
