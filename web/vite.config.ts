import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { compress } from './tools/vite/compress.ts'
import { emojiData } from './tools/vite/emoji-data.ts'
import { englishWords } from './tools/vite/english-words.ts'
import { contractShape, savedShape } from './tools/vite/saved-shape.ts'
import { serviceWorker } from './tools/vite/service-worker.ts'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const libraries =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-|router-|query-)?(router|core|query|history|store)|@lingui|zustand|virtua)\//

const tests = globSync(['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'], { cwd: fromHere('.') })
const replacesModules = (file: string) =>
  /\bvi\.(?:mock|doMock|hoisted|resetModules)\(/.test(readFileSync(fromHere(file), 'utf8'))
const alone = tests.filter(replacesModules)
const together = tests.filter(file => !alone.includes(file))

/** Where `npm run dev` finds the server. */
const server = process.env.BILIN_URL ?? 'http://127.0.0.1:8300'

export default defineConfig({
  plugins: [lingui({ macroTransform: true }), englishWords(), react(), emojiData(), serviceWorker(), compress()],
  define: { __SAVED_SHAPE__: JSON.stringify(savedShape()), __CONTRACT_SHAPE__: JSON.stringify(contractShape()) },
  resolve: { alias: { '@': fromHere('./src') } },
  server: {
    host: '127.0.0.1',
    fs: { allow: ['..'] },
    proxy: {
      // `changeOrigin` stays off and Origin is set to the server's own: the server refuses changes from other origins.
      '/api': { target: server, ws: true, headers: { origin: server, host: new URL(server).host } },
    },
  },
  build: {
    outDir: '../src/bilin/app/static',
    emptyOutDir: true,
    target: 'es2024',
    manifest: true,
    // Nothing inlined: the content security policy of the server allows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Everything the first screen needs comes in two files, and not in eighty: libraries, which change rarely, and ours.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: libraries, priority: 2 },
            { name: 'first', test: /src\/app\/(App|start)\.tsx?$/ },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./tools/vitest-setup.ts'],
    // A browser and the libraries for each file cost more than the tests: files share theirs, which the setup cleans. Those
    // that put other modules in the place of ours have one to themselves.
    pool: 'threads',
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    // For a busy machine, as the waits in the setup: what never comes fails later, what comes late does not fail.
    testTimeout: 60_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
})
