import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'

/**
 * `npm run i18n [-- shell|<feature>]`: collects the words of the sources into locales/<locale>/<catalogue>.po
 * and drops those no longer used. With a name it touches that catalogue alone.
 */
const only = process.argv[2]
const config = getConfig()
const catalogues = await getCatalogs(config)
const chosen = catalogues.filter(catalogue => !only || catalogue.path.endsWith(`/${only}`))

if (chosen.length === 0) {
  console.error(`No catalogue is called "${only}".`)
  process.exit(1)
}
for (const catalogue of chosen) {
  const result = await catalogue.make({ clean: true, overwrite: false, orderBy: 'message' })
  if (!result) process.exit(1)
  const name = catalogue.path.slice(catalogue.path.lastIndexOf('/') + 1)
  const chinese = Object.values(result['zh-CN'] ?? {})
  const missing = chinese.filter(message => !message.translation).length
  console.log(`${name}: ${chinese.length} messages, ${missing} without zh-CN`)
}
