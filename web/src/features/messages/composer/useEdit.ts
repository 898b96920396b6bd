import { useState } from 'react'
import { type Content, type Id, Problem } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { toasts } from '@/ui'
import { isFile } from '../blocks/text'
import { saveEdit } from '../changes/pending'
import { type Occasion, versionOf } from './occasion'

/** A message of mine was changed elsewhere while I changed it here: both texts, and what can be done. */
export interface EditConflict {
  theirs: Content
  mine: Content
  /** Put mine in the place of the other. */
  overwrite: () => void
  /** Leave the other, and give mine up. */
  giveUp: () => void
  /** Go on writing. */
  close: () => void
}

/** Saving an edit. `onDone`: it is saved, or given up. What the server refuses stays where it is written. */
export function useEdit(occasion: Occasion | null, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<EditConflict | null>(null)
  const text = useProblemText()
  const close = () => setConflict(null)
  const done = () => {
    close()
    onDone()
  }
  const save = (content: Content, basedOn?: Id) => {
    if (occasion?.kind !== 'edit' || busy) return
    const { message } = occasion
    if (!basedOn && JSON.stringify(message.content) === JSON.stringify(content)) return onDone()
    setBusy(true)
    saveEdit(message, content, basedOn ?? versionOf(message))
      .then(done, (problem: unknown) => {
        const there = thereNow(problem)
        if (!there) return void toasts.show({ tone: 'danger', title: text(problem) })
        const overwrite = () => save(content, there.version)
        setConflict({ theirs: there.content, mine: content, overwrite, giveUp: done, close })
      })
      .finally(() => setBusy(false))
  }
  return { save: (content: Content) => save(withFiles(content, occasion)), busy, conflict }
}

/** Only words are edited: the files of the message stay with it. */
function withFiles(content: Content, occasion: Occasion | null): Content {
  const files = occasion?.kind === 'edit' ? (occasion.message.content?.blocks ?? []).filter(isFile) : []
  return files.length > 0 ? { ...content, blocks: [...content.blocks, ...files] } : content
}

function thereNow(problem: unknown): { version: Id; content: Content } | null {
  const isMeanwhile = problem instanceof Problem && problem.code === 'messaging.edited_meanwhile'
  return isMeanwhile ? (problem.details as { version: Id; content: Content }) : null
}
