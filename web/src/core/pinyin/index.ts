/** Finding Chinese by its sound. */
export { type Haystack, haystackOf, matchRank, type Needle, needleOf, worstRank } from './match.ts'
export { pinyinOf } from './pinyin.ts'
