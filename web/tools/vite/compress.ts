import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)
const compressible = /\.(js|css|html|svg|json|webmanifest)$/

/** Writes a `.br` and a `.gz` beside every text file of the build, so that the server sends it without compressing at run time. */
export function compress(): Plugin {
  let outDir = ''
  return {
    name: 'bilin:compress',
    apply: (_, { command, mode }) => command === 'build' && mode === 'production',
    configResolved: config => {
      outDir = join(config.root, config.build.outDir)
    },
    // Only after success: a failed build should tell its own reason.
    writeBundle: async () => {
      const files = await readdir(outDir, { recursive: true })
      await Promise.all(files.filter(file => compressible.test(file)).map(file => compressFile(join(outDir, file))))
    },
  }
}

async function compressFile(path: string): Promise<void> {
  const plain = await readFile(path)
  await writeFile(`${path}.gz`, await gzipped(plain, { level: constants.Z_BEST_COMPRESSION }))
  await writeFile(`${path}.br`, await brotlied(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }))
}
