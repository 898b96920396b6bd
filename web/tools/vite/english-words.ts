import { createCompilationErrorMessage, createCompiledCatalog } from '@lingui/cli/api'
import { formatter } from '@lingui/format-po'
import type { Plugin } from 'vite'

/** English is what the sources say: `….po?english` is the words of a catalogue before they are translated. */
export function englishWords(): Plugin {
  return {
    name: 'english-words',
    transform: {
      filter: { id: /\.po\?english$/ },
      async handler(code, id) {
        const { source, errors } = createCompiledCatalog('en', await englishOf(code, id), { namespace: 'es' })
        if (errors.length) this.error(createCompilationErrorMessage('en', errors))
        return { code: source, map: null, moduleType: 'js' }
      },
    },
  }
}

async function englishOf(catalogue: string, filename: string): Promise<Record<string, string>> {
  const parsed = await formatter().parse(catalogue, { locale: 'en', sourceLocale: 'en', filename })
  return Object.fromEntries(Object.entries(parsed).map(([id, { message }]) => [id, message ?? id]))
}
