import { msg } from '@lingui/core/macro'
import { createRoute } from '@tanstack/react-router'
import { shellRoute } from '@/core/routing'
import { MessagesScreen } from './screen/MessagesScreen'

/** The messages screen; the list stays while one goes from conversation to conversation. */
export const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/messages',
  component: MessagesScreen,
  staticData: { title: msg`Messages` },
})

/** An open conversation. The hash may name a message to go to. */
export const conversationRoute = createRoute({
  getParentRoute: () => messagesRoute,
  path: '/$conversation',
  staticData: { title: msg`Messages`, fullOnPhone: true },
})
