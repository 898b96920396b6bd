/** For tests: what all features bring to the model of the server. */
import { globSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { model as flags } from './flags-model.ts'
import type { Model } from './model.ts'

/** Beside each slice whose events are about conversations there is its `model.ts`. Found so that plain Node does, too. */
const messages = resolve(import.meta.dirname, '../../features/messages')
const found: readonly Model[] = await Promise.all(
  globSync('*/model.ts', { cwd: messages })
    .sort()
    .map(async file => (await import(`../../features/messages/${dirname(file)}/model.ts`)).model),
)
const models = [...found, flags]

export const steps: Model['steps'] = Object.assign({}, ...models.map(model => model.steps))
/** What they add to a conversation as it is fetched. */
export const pageParts = models.flatMap(({ page }) => page ?? [])
export const turns = models.flatMap(model => model.turns)
/** Event types that are nobody's business but the actor's. */
export const ownAlone = new Set(models.flatMap(model => (model.isOwn ? Object.keys(model.steps) : [])))
