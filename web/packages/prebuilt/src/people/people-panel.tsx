import { shallowEqual } from '@stoa/sdk';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { selectPeople } from '../tiles/stage-peers.js';
import { groupsOf, type PeopleGroup } from './groups.js';
import { Person } from './person.js';

export function PeoplePanel() {
  const { people: texts } = useTexts();
  const people = useStoaState(selectPeople, shallowEqual);
  const [search, setSearch] = useState('');
  const groups = groupsOf(people, search);
  return (
    <div className="stoa-people">
      <div className="stoa-search">
        <Search aria-hidden="true" />
        <input
          type="search"
          className="stoa-field"
          aria-label={texts.search}
          placeholder={texts.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="stoa-scroll">
        {groups.length === 0 && <p className="stoa-empty">{texts.nobodyFound}</p>}
        {groups.map((group) => (
          <Group key={`${group.kind}:${group.role}`} group={group} />
        ))}
      </div>
    </div>
  );
}

function Group({ group }: { readonly group: PeopleGroup }) {
  const { people: texts } = useTexts();
  const id = useId();
  return (
    <section aria-labelledby={id} className="stoa-people-group">
      <h3 id={id}>
        {group.kind === 'hands' ? texts.handRaised : group.role} ({group.people.length})
      </h3>
      <ul>
        {group.people.map((peer) => (
          <Person key={peer.id} peer={peer} />
        ))}
      </ul>
    </section>
  );
}
