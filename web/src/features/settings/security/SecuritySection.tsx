import { Trans } from '@lingui/react/macro'
import { SettingGroup } from '../Setting'
import { PasswordForm } from './PasswordForm'
import { SessionList } from './SessionList'

export function SecuritySection() {
  return (
    <>
      <SettingGroup title={<Trans>Password</Trans>}>
        <PasswordForm />
      </SettingGroup>
      <SettingGroup title={<Trans>Devices that are signed in</Trans>}>
        <SessionList />
      </SettingGroup>
    </>
  )
}
