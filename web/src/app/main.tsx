import { createRoot } from 'react-dom/client'
import '@/ui/tokens.css'
import '@/ui/base.css'
import './opening.css'
import { activateLocale } from '@/core/i18n'
import { startLocale } from '@/core/session'
import { App } from './App'
import { applyStoredAppearance } from './appearance'
import { start } from './start'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

applyStoredAppearance()
start()
await activateLocale(startLocale())
createRoot(root).render(<App />)
