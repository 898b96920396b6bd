import { useLingui } from '@lingui/react'
import { useMemo, useState } from 'react'
import type { Candidate } from '../composer/mentions/candidates'
import { codeOf, type EmojiLanguage, findEmoji, loadEmojiNames, type NamedEmoji } from './emoji-names'

interface Names {
  language: EmojiLanguage
  all: readonly NamedEmoji[]
}

/** Emoji for what was typed after a colon; null until their names, fetched when first asked for, are there. */
export function useEmojiCandidates(): (query: string) => Candidate[] | null {
  const { i18n } = useLingui()
  const language = languageOf(i18n.locale)
  const [names, setNames] = useState<Names | null>(null)
  return useMemo(() => {
    const known = names?.language === language ? names.all : null
    return (query: string) => {
      if (known) return findEmoji(known, query).map(candidateOf)
      loadEmojiNames(language).then(all => setNames({ language, all }))
      return null
    }
  }, [names, language])
}

/** In which language emoji are named. */
export function languageOf(locale: string): EmojiLanguage {
  return locale.startsWith('zh') ? 'zh' : 'en'
}

function candidateOf(named: NamedEmoji): Candidate {
  const code = codeOf(named)
  return { id: named.emoji, name: named.label, hint: code && `${code}:` }
}
