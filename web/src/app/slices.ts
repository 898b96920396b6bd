import type { EventType } from '../core/api/contract.ts'
import { units } from '../features/contacts/org/slice.ts'
import { people } from '../features/contacts/people/slice.ts'
import { files } from '../features/files/slice.ts'
import { conversations } from '../features/messages/conversations/slice.ts'
import { drafts } from '../features/messages/drafts/slice.ts'
import { members } from '../features/messages/members/slice.ts'
import { messages } from '../features/messages/messages/slice.ts'
import { pins } from '../features/messages/pins/slice.ts'
import { conversationPreferences } from '../features/messages/preferences/slice.ts'
import { reactions } from '../features/messages/reactions/slice.ts'
import { read } from '../features/messages/read/slice.ts'
import { stars } from '../features/messages/stars/slice.ts'
import { grants } from '../features/organisation/slice.ts'
import { policies } from '../features/policies/slice.ts'
import { mine } from '../features/settings/slice.ts'
import { sites } from '../features/sites/slice.ts'

/** What the log in the browser is made of. A new feature adds its slice here. */
export const slices = [
  people,
  units,
  mine,
  grants,
  policies,
  sites,
  files,
  conversations,
  members,
  messages,
  reactions,
  read,
  conversationPreferences,
  pins,
  stars,
  drafts,
] as const

type Known<S> = S extends { rules: infer R } ? keyof R : never

type Unknown = Exclude<EventType, Known<(typeof slices)[number]>>

/** TypeScript refuses this when an event type has no rule, and names it. */
export const everyTypeHasARule: [Unknown] extends [never] ? true : { 'no rule for': Unknown } = true
