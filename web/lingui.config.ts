import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

/** What the first screen shows of parts that come later with their words (`withLaterWords`). */
const shownFirst = ['routes.ts', 'feature.ts'].map(name => `<rootDir>/src/features/administration/${name}`)

/**
 * One catalogue a feature and locale, so that a feature carries its words with it: locales/<locale>/<feature>.po. English has none:
 * it is what the sources say (tools/vite/english-words.ts).
 */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['zh-CN'],
  catalogs: [
    {
      path: '<rootDir>/locales/{locale}/shell',
      include: ['<rootDir>/src/app', '<rootDir>/src/core', '<rootDir>/src/ui', ...shownFirst],
    },
    { path: '<rootDir>/locales/{locale}/{name}', include: ['<rootDir>/src/features/{name}'], exclude: shownFirst },
  ],
  format: formatter({ lineNumbers: false }),
})
