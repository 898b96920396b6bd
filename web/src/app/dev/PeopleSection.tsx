import { useLingui } from '@lingui/react/macro'
import { Avatar, AvatarStack, Badge, Tag } from '@/ui'
import { Row, Section } from './Section'
import { people } from './samples'

const sizes = [20, 24, 28, 32, 36, 40, 48, 64] as const

export function PeopleSection() {
  const { t } = useLingui()
  return (
    <Section title={t`People`}>
      <Row name="Avatar">
        {sizes.map(size => (
          <Avatar key={size} id="3" name="陈思远" size={size} />
        ))}
      </Row>
      <Row name="colours">
        {people.map(person => (
          <Avatar key={person.id} id={person.id} name={person.name} />
        ))}
      </Row>
      <Row name="group">
        <Avatar shape="group" id="10" name="华东区经营周会" />
        <Avatar shape="group" id="15" name="Singapore Branch" />
        <Avatar shape="group" id="13" name="IT 服务台" />
        <Avatar shape="group" id="12" name="审批助手" size={48} />
      </Row>
      <Row name="presence">
        <Avatar id="1" name="林雨桐" presence="online" presenceLabel={t`Online`} />
        <Avatar id="2" name="Marcus Tan" presence="away" presenceLabel={t`Away`} />
        <Avatar id="5" name="王嘉怡" presence="offline" presenceLabel={t`Offline`} />
        <Avatar id="7" name="陈思远" presence="unknown" presenceLabel={t`Unknown`} presenceHint={t`Unknown`} />
        <Avatar id="1" name="林雨桐" size={64} presence="online" presenceLabel={t`Online`} />
      </Row>
      <Row name="AvatarStack">
        <AvatarStack people={people.slice(0, 3)} />
        <AvatarStack people={people} size={28} max={4} />
      </Row>
      <Row name="Badge">
        <Badge count={2} />
        <Badge count={17} />
        <Badge count={240} />
        <Badge count={128} muted />
      </Row>
      <Row name="Tag">
        <Tag>华东分公司</Tag>
        <Tag tone="neutral">{t`Member`}</Tag>
        <Tag tone="warn">{t`Pending`}</Tag>
        <Tag tone="danger">{t`Refused`}</Tag>
        <Tag tone="ok">{t`Done`}</Tag>
      </Row>
    </Section>
  )
}
