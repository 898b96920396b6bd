import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { compress } from './tools/vite/compress.ts'
import { emojiData } from './tools/vite/emoji-data.ts'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const libraries =
  /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-|router-|query-)?(router|core|query|history|store)|@lingui|zustand|virtua)\//

/** Where `npm run dev` finds the server. */
const server = process.env.BILIN_URL ?? 'http://127.0.0.1:8300'

export default defineConfig({
  plugins: [lingui({ macroTransform: true }), react(), emojiData(), compress()],
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
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    setupFiles: ['./tools/vitest-setup.ts'],
    // For a busy machine, as the waits in the setup: what never comes fails later, what comes late does not fail.
    testTimeout: 60_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
})
