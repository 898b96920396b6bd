/** Surnames of two characters, by how they are spelled. */
const double = new Set(
  (
    'ou yang,si ma,shang guan,zhu ge,xia hou,huang fu,gong sun,ling hu,yu wen,zhang sun,mu rong,si tu,dong fang,' +
    'du gu,nan gong,xi men,tuo ba,wan yan,chan yu,shen tu,duan mu,tai shi,zhong li,xuan yuan'
  ).split(','),
)

/**
 * A Chinese name as who reads Latin letters says it: 苏晚, spelled "su wan", is Su Wan; 陈思远 Chen Siyuan; 欧阳键 Ouyang Jian. Empty where
 * there is nothing to spell, and for names in which the one is not all of the other.
 */
export function spelledName(name: string, pinyin: string): string {
  const syllables = pinyin.split(' ').filter(Boolean)
  const isChinese = /^\p{Script=Han}+$/u.test(name) && [...name].length === syllables.length
  if (!isChinese) return ''
  const family = syllables.length > 2 && double.has(syllables.slice(0, 2).join(' ')) ? 2 : 1
  const parts = [syllables.slice(0, family).join(''), syllables.slice(family).join('')]
  return parts.filter(Boolean).map(capital).join(' ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
