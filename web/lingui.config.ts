import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

/** One catalogue a feature and locale, so that a feature carries its words with it: locales/<locale>/<feature>.po */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'zh-CN'],
  catalogs: [
    {
      path: '<rootDir>/locales/{locale}/shell',
      include: ['<rootDir>/src/app', '<rootDir>/src/core', '<rootDir>/src/ui'],
    },
    { path: '<rootDir>/locales/{locale}/{name}', include: ['<rootDir>/src/features/{name}'] },
  ],
  format: formatter({ lineNumbers: false }),
})
