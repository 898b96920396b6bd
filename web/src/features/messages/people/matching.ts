/** What finds people among members; see `useMatching`. */
export { knownHaystackOf, matchRank, needleOf } from '@/core/pinyin'
export { findCandidates } from '../composer/mentions/candidates'
