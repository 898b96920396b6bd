/** Finding messages, people and conversations again: Ctrl+Shift+F everywhere, Ctrl+F in a conversation. */
export { searchRoute } from './routes'
export { useSearchKeys } from './useSearchKeys'
