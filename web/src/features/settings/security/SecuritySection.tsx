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
      <SettingGroup title={<Trans>Signed-in devices</Trans>}>
        <SessionList />
      </SettingGroup>
    </>
  )
}
