/** Ctrl+K: going anywhere by a few letters. */
export { Switcher, type SwitcherProps } from './Switcher'
export { loadSwitcherResults } from './useSwitcherResults'
