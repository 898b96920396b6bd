import { t } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Conversation, type Id, idAt, type Message } from '@/core/api'
import { useShortcuts } from '@/core/keys'
import { problemText } from '@/core/problems'
import { useMe } from '@/core/session'
import { discard, findFrom, type Outgoing, outgoingOf, useNameOf, useTimeline } from '@/log'
import { ConfirmDialog, toasts } from '@/ui'
import { contentLine, contentText } from '../blocks/text'
import { recall, useChanged } from '../changes/pending'
import { copiedHtml } from '../clipboard/copying'
import { useCopy } from '../clipboard/useCopy'
import { Composer, type ComposerHandle } from '../composer/Composer'
import { type Occasion, occasionOf, quoteOf } from '../composer/occasion'
import { useChange } from '../details/useChange'
import { editOf } from '../drafts/drafts-store'
import { shownDraft } from '../drafts/shown-draft'
import { putBack } from '../files/attached'
import { useDropZone } from '../files/DropZone'
import { PaneHeader } from '../header/PaneHeader'
import { mayChange } from '../messages/windows'
import { react } from '../reactions/pending'
import { markAllRead } from '../read/read-marks'
import type { RecalledWords } from '../recalled/recalled-words'
import { paneBanners } from '../slots'
import { Timeline, type TimelineHandle } from '../timeline/Timeline'
import { TypingLine } from '../timeline/TypingLine'
import { useTitle } from '../wording/useTitle'
import { OpeningTimeline } from './OpeningTimeline'
import styles from './pane.module.css'
import { type Pane, PaneContext } from './pane-context'
import { useBackAtUnread } from './useBackAtUnread'
import { useKeySheet } from './useKeySheet'
import { useNewAfter } from './useNewAfter'

export interface ConversationPaneProps {
  conversation: Conversation
  detailsOpen: boolean
  onDetails: () => void
  onBack: () => void
  /** A message to go to, from a link or a search. */
  target: Id | null
  onArrived: () => void
}

/** An open conversation. Give it a key of the conversation. */
export function ConversationPane(props: ConversationPaneProps) {
  const { conversation, detailsOpen, onDetails, onBack, target, onArrived } = props
  const timeline = useRef<TimelineHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const [occasion, setOccasion] = useState(() => occasionOf(shownDraft(conversation.id)))
  const [recalling, setRecalling] = useState<Message | null>(null)
  const me = useMe().person.id
  const view = useChanged(useTimeline(conversation.id), conversation.id, me)
  const newAfter = useNewAfter(conversation, view, me)
  const takeBack = (outgoing: Outgoing) => {
    composer.current?.takeIn(outgoing.content, outgoing.reply_to)
    if (outgoing.files) putBack(conversation.id, outgoing.files)
    void discard(outgoing.key)
  }
  const pane = usePaneValue(conversation, timeline, {
    write: setOccasion,
    recallAfterAsking: setRecalling,
    takeBack,
    editAgain: ({ content, reply_to }) => composer.current?.takeIn(content, reply_to),
  })
  const title = useTitle(conversation)
  const { zone, sign } = useDropZone(conversation.id)
  useTarget(view.loaded ? target : null, timeline, onArrived)
  useReadAllKey(conversation, timeline)
  useBackAtUnread(conversation)
  useKeySheet()
  const editLast = () => {
    // The last one is on its way and cannot be changed yet: better nothing than the one before it.
    if (outgoingOf(conversation.id).some(({ failed }) => !failed)) return false
    const mine = view.messages.findLast(message => message.sender === pane.me && message.content && !message.recalled)
    if (mine) pane.edit(mine)
    return mine !== undefined
  }
  return (
    <PaneContext value={pane}>
      <section className={styles.pane} aria-label={title} {...zone}>
        {sign}
        <PaneHeader conversation={conversation} detailsOpen={detailsOpen} onDetails={onDetails} onBack={onBack} />
        {paneBanners.entries.map(({ id, Banner }) => (
          <Banner key={id} conversation={conversation} />
        ))}
        {view.loaded ? (
          <Timeline ref={timeline} conversation={conversation} view={view} newAfter={newAfter} />
        ) : (
          <OpeningTimeline problem={view.problem} />
        )}
        <TypingLine />
        <Composer
          ref={composer}
          title={title}
          occasion={occasion}
          onOccasion={setOccasion}
          editLast={editLast}
          onSent={() => timeline.current?.toNewest()}
        />
        <RecallQuestion message={recalling} onDone={() => setRecalling(null)} />
      </section>
    </PaneContext>
  )
}

/** Escape, outside of the composer: seen it all. */
function useReadAllKey(conversation: Conversation, timeline: React.RefObject<TimelineHandle | null>): void {
  const { t } = useLingui()
  const run = () => {
    timeline.current?.toNewest()
    markAllRead(conversation.id)
    return true
  }
  useShortcuts([{ keys: 'Escape', label: t`Mark as read`, group: t`Messages`, run }])
}

interface Does {
  write: (occasion: Occasion) => void
  recallAfterAsking: (message: Message) => void
  takeBack: (outgoing: Outgoing) => void
  editAgain: (words: RecalledWords) => void
}

function usePaneValue(conversation: Conversation, timeline: React.RefObject<TimelineHandle | null>, does: Does): Pane {
  const { write, recallAfterAsking } = does
  const takeBack = useLatest(does.takeBack)
  const editAgain = useLatest(does.editAgain)
  const me = useMe().person.id
  const nameOf = useNameOf()
  const copy = useLatest(useCopy())
  const { id, kind, my_role: myRole } = conversation
  // biome-ignore lint/correctness/useExhaustiveDependencies: the functions given are state setters and refs
  return useMemo(
    () => ({
      conversation: id,
      kind,
      myRole,
      me,
      nameOf,
      reply: message => write({ kind: 'reply', quote: quoteOf(message, lineOf(message)) }),
      edit: message => {
        // What I began to change before goes on from the version it was begun from.
        if (mayChange(message)) write({ kind: 'edit', message: editOf(id, message.id)?.message ?? message })
        else toasts.show({ id: 'too-late', title: t`It is too late to change this message.` })
      },
      takeBack: outgoing => takeBack.current(outgoing),
      editAgain: words => editAgain.current(words),
      recall: recallAfterAsking,
      react,
      copyText: ({ content }) => {
        const words = { everyone: t`all` }
        if (content) copy.current(contentText(content, words), copiedHtml(content, words))
      },
      copyLink: message => copy.current(`${location.origin}/messages/${id}#${message}`),
      jumpTo: message => timeline.current?.jumpTo(message),
      jumpToTime: moment =>
        void findFrom(id, idAt(moment.getTime())).then(
          found => found && timeline.current?.jumpTo(found),
          problem => toasts.show({ tone: 'danger', title: problemText(problem) }),
        ),
    }),
    [id, kind, myRole, me, nameOf],
  )
}

function lineOf(message: Message): string {
  return message.content ? contentLine(message.content, { everyone: t`all` }) : ''
}

function useLatest<T>(value: T): React.RefObject<T> {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

function useTarget(target: Id | null, timeline: React.RefObject<TimelineHandle | null>, onArrived: () => void): void {
  const arrived = useLatest(onArrived)
  useEffect(() => {
    if (!target) return
    timeline.current?.jumpTo(target)
    arrived.current()
  }, [target, timeline, arrived])
}

function RecallQuestion({ message, onDone }: { message: Message | null; onDone: () => void }) {
  const { t } = useLingui()
  const { busy, run } = useChange()
  return (
    <ConfirmDialog
      open={message !== null}
      onOpenChange={onDone}
      title={t`Recall this message?`}
      description={t`Nobody will be able to read it. Everyone can see that it was recalled.`}
      confirmLabel={t`Recall`}
      cancelLabel={t`Cancel`}
      danger
      busy={busy}
      onConfirm={() => message && run(recall(message), onDone)}
    />
  )
}
