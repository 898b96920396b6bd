import { msg } from '@lingui/core/macro'
import { Copy, Link, Pencil, Reply, Undo2 } from 'lucide-react'
import type { Feature } from '@/log'
import { mayRecall } from '../pane/pane-context'
import { recalledWords } from '../recalled/recalled-words'
import { messageActions } from '../slots'
import { mayChange } from './windows'

/** What can be done with any message. */
export const feature: Feature = {
  place: 30,
  slots: [
    messageActions.entry({
      id: 'reply',
      label: msg`Reply`,
      icon: Reply,
      key: 'R',
      bar: true,
      writes: true,
      run: (message, pane) => pane.reply(message),
    }),
    messageActions.entry({
      id: 'edit',
      label: msg`Edit`,
      icon: Pencil,
      isFor: (message, { me }) => message.sender === me && mayChange(message),
      writes: true,
      run: (message, pane) => pane.edit(message),
    }),
    messageActions.entry({
      id: 'copy-text',
      label: msg`Copy text`,
      icon: Copy,
      isFor: ({ content }) => content !== null,
      run: (message, pane) => pane.copyText(message),
    }),
    messageActions.entry({
      id: 'copy-link',
      label: msg`Copy link`,
      icon: Link,
      run: ({ id }, pane) => pane.copyLink(id),
    }),
    messageActions.entry({
      id: 'recall',
      label: msg`Recall`,
      icon: Undo2,
      danger: true,
      isFor: (message, pane) => mayRecall(pane, message),
      run: (message, pane) => pane.recall(message),
    }),
  ],
  companions: [recalledWords],
}
