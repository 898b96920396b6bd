import { useLingui } from '@lingui/react/macro'
import { Bell, Copy, MoreHorizontal, Pin, Trash2 } from 'lucide-react'
import { useState } from 'react'
import * as Kit from '@/ui'
import styles from './Gallery.module.css'
import { OverlayDialogs } from './OverlayDialogs'
import { Row, Section } from './Section'

export function OverlaysSection() {
  const { t, i18n } = useLingui()
  const [muted, setMuted] = useState(false)
  const [picked, setPicked] = useState('😀')
  return (
    <Section title={t`Overlays`}>
      <Row name="Menu">
        <Kit.Menu trigger={<Kit.Button icon={<MoreHorizontal />}>{t`More`}</Kit.Button>}>
          <Kit.MenuChoices label={t`React`} choices={['👍', '✅', '🎉']} onPick={setPicked} />
          <Items />
          <Kit.MenuCheckboxItem checked={muted} onCheckedChange={setMuted}>
            {t`Mute conversation`}
          </Kit.MenuCheckboxItem>
        </Kit.Menu>
        <Kit.Tooltip content={t`Pin`} shortcut="P">
          <Kit.Button>Tooltip</Kit.Button>
        </Kit.Tooltip>
        <Kit.Popover trigger={<Kit.Button>Popover</Kit.Button>} title={t`Read by`}>
          <Kit.AvatarStack people={[{ id: '1', name: '林雨桐' }]} size={28} />
        </Kit.Popover>
        <Kit.HoverCard trigger={<a href="#card">@陈思远</a>}>
          <div className={styles.card}>
            <Kit.Avatar id="3" name="陈思远" size={48} presence="online" />
            <div>
              <b>陈思远</b>
              <p>深圳仓 · 负责人</p>
            </div>
          </div>
        </Kit.HoverCard>
      </Row>
      <Row name="ContextMenu">
        <Kit.ContextMenu items={<Items />}>
          <div className={styles.target}>{t`Right-click or long-press`}</div>
        </Kit.ContextMenu>
      </Row>
      <OverlayDialogs />
      <Row name="EmojiPicker">
        <Kit.Popover flush label="Emoji" trigger={<Kit.Button>{picked}</Kit.Button>}>
          <Kit.EmojiPicker
            language={i18n.locale === 'en' ? 'en' : 'zh'}
            onPick={setPicked}
            searchLabel={t`Search emoji`}
            emptyLabel={t`Nothing found`}
          />
        </Kit.Popover>
      </Row>
    </Section>
  )
}

function Items() {
  const { t } = useLingui()
  return (
    <>
      <Kit.MenuItem icon={<Pin />} shortcut="P">
        {t`Pin`}
      </Kit.MenuItem>
      <Kit.MenuItem icon={<Copy />}>{t`Copy link`}</Kit.MenuItem>
      <Kit.SubMenu icon={<Bell />} label={t`Remind me`}>
        <Kit.MenuItem>{t`Tomorrow`}</Kit.MenuItem>
      </Kit.SubMenu>
      <Kit.MenuSeparator />
      <Kit.MenuItem icon={<Trash2 />} danger>
        {t`Delete`}
      </Kit.MenuItem>
    </>
  )
}
