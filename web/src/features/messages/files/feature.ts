import type { Feature } from '@/log'
import { attachments } from './attached'

/** Files that go with a message. Behind the drafts: they are taken up together. */
export const feature: Feature = { place: 0, companions: [attachments] }
