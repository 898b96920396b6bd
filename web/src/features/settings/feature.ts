import { msg } from '@lingui/core/macro'
import { Bell, Info, MessageSquareText, Palette, ShieldCheck, UserRound } from 'lucide-react'
import { lazy } from 'react'
import type { Feature } from '@/log'
import { settings } from './slots'

const ProfileSection = lazy(() => import('./profile/ProfileSection').then(it => ({ default: it.ProfileSection })))
const AppearanceSection = lazy(() =>
  import('./appearance/AppearanceSection').then(it => ({ default: it.AppearanceSection })),
)
const MessagesSection = lazy(() => import('./appearance/MessagesSection').then(it => ({ default: it.MessagesSection })))
const NotificationsSection = lazy(() =>
  import('./notifications/NotificationsSection').then(it => ({ default: it.NotificationsSection })),
)
const SecuritySection = lazy(() => import('./security/SecuritySection').then(it => ({ default: it.SecuritySection })))
const AboutSection = lazy(() => import('./about/AboutSection').then(it => ({ default: it.AboutSection })))

/** What a person sets for themselves. */
export const feature: Feature = {
  slots: [
    settings.entry({ id: 'profile', label: msg`Profile`, icon: UserRound, Section: ProfileSection }),
    settings.entry({ id: 'appearance', label: msg`Language and display`, icon: Palette, Section: AppearanceSection }),
    settings.entry({
      id: 'messages',
      label: msg`Messages and keys`,
      icon: MessageSquareText,
      Section: MessagesSection,
    }),
    settings.entry({ id: 'notifications', label: msg`Notifications`, icon: Bell, Section: NotificationsSection }),
    settings.entry({ id: 'security', label: msg`Password and devices`, icon: ShieldCheck, Section: SecuritySection }),
    settings.entry({ id: 'about', label: msg`About`, icon: Info, Section: AboutSection }),
  ],
}
