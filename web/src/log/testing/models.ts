/** For tests: what all features bring to the model of the server. */
import type { EventType } from '../../core/api/contract.ts'
import { model as conversations } from '../../features/messages/conversations/model.ts'
import { model as drafts } from '../../features/messages/drafts/model.ts'
import { model as members } from '../../features/messages/members/model.ts'
import { model as messages } from '../../features/messages/messages/model.ts'
import { model as pins } from '../../features/messages/pins/model.ts'
import { model as preferences } from '../../features/messages/preferences/model.ts'
import { model as reactions } from '../../features/messages/reactions/model.ts'
import { model as read } from '../../features/messages/read/model.ts'
import { model as stars } from '../../features/messages/stars/model.ts'
import type { Model } from './model.ts'

const models: readonly Model[] = [conversations, members, messages, reactions, read, preferences, pins, stars, drafts]

export const steps: Model['steps'] = Object.assign({}, ...models.map(model => model.steps))
/** What they add to a conversation as it is fetched. */
export const pageParts = models.flatMap(({ page }) => page ?? [])
export const turns = models.flatMap(model => model.turns)

/** Event types that are about a conversation, as far as the model has them. */
export const modelled = Object.keys(steps) as EventType[]
