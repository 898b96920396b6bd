import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useParams } from '@tanstack/react-router'
import { Info, MessageSquareText, Palette, ShieldCheck, UserRound } from 'lucide-react'
import type { ComponentType } from 'react'
import { MenuPage } from '@/ui'
import { AboutSection } from './about/AboutSection'
import { AppearanceSection } from './appearance/AppearanceSection'
import { MessagesSection } from './appearance/MessagesSection'
import { ProfileSection } from './profile/ProfileSection'
import { SecuritySection } from './security/SecuritySection'

const sections = {
  profile: ProfileSection,
  appearance: AppearanceSection,
  messages: MessagesSection,
  security: SecuritySection,
  about: AboutSection,
} satisfies Record<string, ComponentType>

type SectionId = keyof typeof sections

export function SettingsPage() {
  const { t } = useLingui()
  const { section } = useParams({ strict: false })
  const chosen = isSection(section)
  const current: SectionId = chosen ? section : 'profile'
  const Section = sections[current]
  const link = (id: SectionId) => <Link to="/settings/$section" params={{ section: id }} />
  return (
    <MenuPage
      title={<Trans>Settings</Trans>}
      label={t`Settings`}
      entries={[
        { id: 'profile', icon: <UserRound />, label: t`Profile`, link: link('profile') },
        { id: 'appearance', icon: <Palette />, label: t`Language and appearance`, link: link('appearance') },
        { id: 'messages', icon: <MessageSquareText />, label: t`Messages and keys`, link: link('messages') },
        { id: 'security', icon: <ShieldCheck />, label: t`Password and devices`, link: link('security') },
        { id: 'about', icon: <Info />, label: t`About`, link: link('about') },
      ]}
      current={current}
      chosen={chosen}
      back={<Link to="/settings" aria-label={t`Settings`} />}
    >
      <Section />
    </MenuPage>
  )
}

function isSection(section: string | undefined): section is SectionId {
  return section !== undefined && section in sections
}
