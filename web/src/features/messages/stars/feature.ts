import { msg } from '@lingui/core/macro'
import { Bookmark, BookmarkX } from 'lucide-react'
import { lazy } from 'react'
import type { Feature } from '@/log'
import { listViews, messageActions, messageNotes } from '../slots'
import { StarNote } from './StarNote'
import { isStarred, starFlags } from './stars'

/** It is looked at now and then, and fetched when it is. */
const LaterView = lazy(() => import('./LaterView').then(module => ({ default: module.LaterView })))

/** Marking a message for later, and the list of all that I marked. */
export const feature: Feature = {
  slots: [
    messageActions.entry({
      id: 'star',
      label: msg`Mark for later`,
      icon: Bookmark,
      key: 'S',
      isFor: message => !isStarred(message),
      run: ({ conversation, id }) => starFlags.set(conversation, id, true),
    }),
    messageActions.entry({
      id: 'unstar',
      label: msg`No longer marked for later`,
      icon: BookmarkX,
      key: 'S',
      isFor: isStarred,
      run: ({ conversation, id }) => starFlags.set(conversation, id, false),
    }),
    messageNotes.entry({ id: 'star', Note: StarNote }),
    listViews.entry({
      id: 'later',
      label: msg({ message: 'Later', comment: 'What I marked for later' }),
      View: LaterView,
    }),
  ],
  companions: [starFlags],
}
