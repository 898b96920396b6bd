/** The parts of the details, which are fetched together. */
export { LeaveSection } from './LeaveSection'
export { MembersSection } from './MembersSection'
export { PeerSection } from './PeerSection'
export { PreferencesSection } from './PreferencesSection'
export { TitleSection } from './TitleSection'
