/** For tests: what all features bring to the model of the server. */
import type { EventType } from '../../core/api/contract.ts'
import { model as conversations } from '../../features/messages/conversations/model.ts'
import { model as members } from '../../features/messages/members/model.ts'
import { model as messages } from '../../features/messages/messages/model.ts'
import { model as preferences } from '../../features/messages/preferences/model.ts'
import { model as reactions } from '../../features/messages/reactions/model.ts'
import { model as read } from '../../features/messages/read/model.ts'
import type { Model } from './model.ts'

const models: readonly Model[] = [conversations, members, messages, reactions, read, preferences]

export const steps: Model['steps'] = Object.assign({}, ...models.map(model => model.steps))
export const turns = models.flatMap(model => model.turns)

/** Event types that are about a conversation, as far as the model has them. */
export const modelled = Object.keys(steps) as EventType[]
