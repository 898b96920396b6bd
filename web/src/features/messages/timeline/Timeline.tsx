import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import type { Conversation, Id } from '@/core/api'
import { useProblemText } from '@/core/problems'
import { useTimes } from '@/core/time'
import { leaveDetour, loadAround, loadNewer, loadOlder, type TimelineView, unreadOf, useOutgoing } from '@/log'
import { classes, Delayed, toasts } from '@/ui'
import { copySelected } from '../clipboard/copying'
import { usePane } from '../pane/pane-context'
import { markAllRead } from '../read/read-marks'
import { Announcer } from './Announcer'
import { MentionPill } from './MentionPill'
import { RowMenu } from './RowMenu'
import { RowView } from './RowView'
import { buildRows, type Row } from './rows/build-rows'
import { isAtEnd } from './scroll/row-change'
import { useEdges } from './scroll/useEdges'
import { useFloatingDate } from './scroll/useFloatingDate'
import { useJump } from './scroll/useJump'
import { type LateAbove, useLateAbove } from './scroll/useLateAbove'
import { useReadMarking } from './scroll/useReadMarking'
import { toEnd, useSteadyScroll } from './scroll/useSteadyScroll'
import { hasUnreadAbove, type UnreadAbove, useUnreadAbove } from './scroll/useUnreadAbove'
import { EdgeProblem, MessageSkeletons, startHeight, TimelineStart } from './TimelineStart'
import styles from './timeline.module.css'
import { useRowKeys } from './useRowKeys'

export interface TimelineHandle {
  jumpTo: (message: Id) => void
  toNewest: () => void
}

export interface TimelineProps {
  ref: Ref<TimelineHandle>
  conversation: Conversation
  view: TimelineView
  /** Messages after this number were new when the conversation was opened; null: none. */
  newAfter: number | null
}

/** Rows kept ready above and below the view, px. With less, fast scrolling paints empty frames. */
const bufferPx = 800

/** The messages of one conversation. Give it a key of the conversation: it opens once. */
export function Timeline({ ref, conversation, view, newAfter }: TimelineProps) {
  const { t } = useLingui()
  const rows = useRows(conversation.id, view, newAfter)
  const scroll = useTimelineScroll(conversation, view, rows, newAfter)
  const { list, scroller, shift, flash, dateOf, edges, away, unreadAbove, lateAbove, jumpTo, toNewest } = scroll
  const keys = useRowKeys(rows, list, usePane())
  useImperativeHandle(ref, () => ({ jumpTo, toNewest }))
  return (
    <div className={styles.frame}>
      <RowMenu rows={rows}>
        <div
          ref={scroller}
          className={styles.scroller}
          role="log"
          aria-live="off"
          aria-label={t`Messages`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled and walked through by the keyboard
          tabIndex={0}
          {...keys}
          onCopy={event => copySelected(event, { everyone: t`all` })}
        >
          <TimelineStart fromStart={view.fromStart} edge={edges.older} />
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            data={rows}
            shift={shift}
            startMargin={startHeight}
            bufferSize={bufferPx}
            onScroll={scroll.onScroll}
          >
            {row => <RowView key={row.key} row={row} flash={'message' in row && row.message.id === flash} />}
          </Virtualizer>
          {!view.atNewest && (edges.newer.state === 'failed' ? <EdgeProblem edge={edges.newer} /> : <Below />)}
        </div>
      </RowMenu>
      {unreadAbove.count > 0 ? (
        <UnreadPill above={unreadAbove} />
      ) : (
        lateAbove.count > 0 && !away && view.atNewest && <LatePill above={lateAbove} />
      )}
      {dateOf && <FloatingDate id={dateOf} />}
      {!away && view.atNewest && unreadAbove.count === 0 && lateAbove.count === 0 && (
        <UnseenPill conversation={conversation} rows={rows} jumpTo={jumpTo} />
      )}
      <MentionPill conversation={conversation} messages={view.messages} jumpTo={jumpTo} />
      {(away || !view.atNewest) && <NewestPill conversation={conversation} onClick={toNewest} />}
      <Announcer messages={view.messages} atNewest={view.atNewest} />
    </div>
  )
}

function useRows(conversation: Id, view: TimelineView, newAfter: number | null): Row[] {
  const { me } = usePane()
  const outgoing = useOutgoing(conversation)
  const { messages, fromStart, atNewest } = view
  return useMemo(
    () => buildRows({ messages, outgoing: atNewest ? outgoing : [], me, newAfter, fromStart }),
    [messages, outgoing, atNewest, me, newAfter, fromStart],
  )
}

function useTimelineScroll(shown: Conversation, view: TimelineView, rows: readonly Row[], newAfter: number | null) {
  const conversation = shown.id
  const { me } = usePane()
  const older = () => loadOlder(conversation)
  const list = useRef<VirtualizerHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [away, setAway] = useState(false)
  const text = useProblemText()
  const [openAt] = useState(() => openingRow(rows, view, newAfter))
  const { shift, sticks, quietUntil } = useSteadyScroll({ rows, list, scroller, openAt, atNewest: view.atNewest })
  const { jumpTo, flash } = useJump({
    rows,
    list,
    sticks,
    quietUntil,
    load: message => loadAround(conversation, message),
    onMissing: problem => toasts.show({ tone: 'danger', title: text(problem) }),
  })
  const { dateOf, follow } = useFloatingDate(rows, list)
  const unreadAbove = useUnreadAbove({ rows, view, newAfter, list, sticks, loadOlder: older })
  const lateAbove = useLateAbove({ conversation: shown, view, me, sticks, jumpTo, loadOlder: older })
  const isSeeking = useRef(unreadAbove.seeking)
  useEffect(() => {
    isSeeking.current = unreadAbove.seeking
  })
  const watch = useReadMarking(shown, rows, list, startHeight, isSeeking)
  const edges = useEdges({
    rows,
    scroller,
    quietUntil,
    fromStart: view.fromStart,
    atNewest: view.atNewest,
    loadOlder: older,
    loadNewer: () => loadNewer(conversation),
  })
  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    // While rows that came take their heights, the end moves away from who is there without their doing.
    if (performance.now() > quietUntil.current || isAtEnd(element)) sticks.current = isAtEnd(element)
    setAway(element.scrollHeight - element.scrollTop - element.clientHeight > element.clientHeight / 2)
    // Where nobody scrolled back there is no need of a date.
    if (!sticks.current && performance.now() > quietUntil.current) follow()
    watch()
    edges.look()
  }
  const toNewest = () => {
    sticks.current = true
    if (view.atNewest) toEnd(list, rows.length)
    else leaveDetour(conversation)
  }
  return { list, scroller, shift, flash, dateOf, edges, away, unreadAbove, lateAbove, jumpTo, toNewest, onScroll }
}

/** Where a conversation opens: at the line above what is new, or as near to it as is held; -1: at the end. */
function openingRow(rows: readonly Row[], view: TimelineView, newAfter: number | null): number {
  return hasUnreadAbove(view, newAfter) ? 0 : rows.findIndex(row => row.kind === 'new')
}

function FloatingDate({ id }: { id: Id }) {
  const { day } = useTimes()
  return (
    <div className={styles.floatingDate} aria-hidden="true">
      {day(id)}
    </div>
  )
}

function UnreadPill({ above: { count, goTo } }: { above: UnreadAbove }) {
  return (
    <button type="button" className={classes(styles.pill, styles.toUnread)} onClick={goTo}>
      <ArrowUp aria-hidden="true" />
      {plural(count, { one: '# new message above', other: '# new messages above' })}
    </button>
  )
}

/** Who jumped to the end has not read what they left out: it stays unread, and here is the way to it. */
function UnseenPill({ conversation, rows, jumpTo }: UnseenProps) {
  const { me } = usePane()
  const { id, read_seq } = conversation
  const count = unreadOf(conversation)
  const first = rows.find(
    row => row.kind === 'message' && row.message.seq > read_seq && row.message.sender !== me && !row.message.recalled,
  )
  if (count === 0 || first?.kind !== 'message') return null
  return (
    <Delayed ms={1_500}>
      <div className={classes(styles.pill, styles.toUnread, styles.unseen)}>
        <button type="button" onClick={() => jumpTo(first.message.id)}>
          <ArrowUp aria-hidden="true" />
          {plural(count, { one: '# new message above', other: '# new messages above' })}
        </button>
        <button type="button" onClick={() => markAllRead(id)}>
          <Trans>Mark as read</Trans>
        </button>
      </div>
    </Delayed>
  )
}

interface UnseenProps {
  conversation: Conversation
  rows: readonly Row[]
  jumpTo: (message: Id) => void
}

/** What came late is read as soon as it is seen, so where it is in sight there is nothing to say. */
function LatePill({ above: { count, goTo } }: { above: LateAbove }) {
  return (
    <Delayed ms={900}>
      <button type="button" className={classes(styles.pill, styles.toUnread)} onClick={goTo}>
        <ArrowUp aria-hidden="true" />
        {plural(count, { one: '# message came late', other: '# messages came late' })}
      </button>
    </Delayed>
  )
}

function NewestPill({ conversation, onClick }: { conversation: Conversation; onClick: () => void }) {
  const unread = unreadOf(conversation)
  return (
    <button type="button" className={classes(styles.pill, styles.toNewest)} onClick={onClick}>
      <ArrowDown aria-hidden="true" />
      {unread > 0 ? plural(unread, { one: '# new message', other: '# new messages' }) : <Trans>Jump to latest</Trans>}
    </button>
  )
}

function Below() {
  return (
    <Delayed>
      <MessageSkeletons count={2} />
    </Delayed>
  )
}
