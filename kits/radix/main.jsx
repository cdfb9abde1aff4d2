/** Radix primitives as shadcn/ui sets them: a calendar in a popover, a list to search in a popover, drawn boxes. */
import { Command } from 'cmdk';
import { AlertDialog, Checkbox, Dialog, DropdownMenu, Label, Popover, RadioGroup, Select } from 'radix-ui';
import { useState } from 'react';
import { DayPicker } from 'react-day-picker';
import 'react-day-picker/style.css';
import './page.css';
import { draw, useThings } from '../react.js';
import { kinds, owners, plans } from '../things.js';

const iso = (day) => new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

function Owner({ value, onChange }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button type="button" role="combobox" aria-expanded={open}>
          {value || 'Select owner…'}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="drop">
          <Command>
            <Command.Input placeholder="Search owner…" />
            <Command.List>
              <Command.Empty>No owner found.</Command.Empty>
              {owners.map((owner) => (
                <Command.Item
                  key={owner}
                  value={owner}
                  onSelect={() => {
                    onChange(owner);
                    setOpen(false);
                  }}
                >
                  {owner}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Page() {
  const things = useThings();
  const { item, set } = things;
  const [days, setDays] = useState(false);
  return (
    <>
      <Dialog.Root open={!!item} onOpenChange={(open) => (open ? things.open() : things.shut())}>
        <Dialog.Trigger>New thing</Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="veil" />
          <Dialog.Content className="layer" aria-describedby={undefined}>
            <Dialog.Title>{item?.id ? 'Edit thing' : 'New thing'}</Dialog.Title>
            {item && (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  void things.keep();
                }}
              >
                {things.refused && <p role="alert">{things.refused}</p>}
                <Label.Root htmlFor="title">Title</Label.Root>
                <input id="title" value={item.title} onChange={(e) => set({ title: e.target.value })} />
                <Label.Root htmlFor="kind">Kind</Label.Root>
                <Select.Root value={item.kind} onValueChange={(kind) => set({ kind })}>
                  <Select.Trigger id="kind">
                    <Select.Value placeholder="Select a kind" />
                  </Select.Trigger>
                  <Select.Portal>
                    <Select.Content className="drop" position="popper">
                      <Select.Viewport>
                        {kinds.map((kind) => (
                          <Select.Item key={kind} value={kind}>
                            <Select.ItemText>{kind}</Select.ItemText>
                          </Select.Item>
                        ))}
                      </Select.Viewport>
                    </Select.Content>
                  </Select.Portal>
                </Select.Root>
                <Popover.Root open={days} onOpenChange={setDays}>
                  <Popover.Trigger>{item.day || 'Pick a date'}</Popover.Trigger>
                  <Popover.Portal>
                    <Popover.Content className="drop">
                      <DayPicker
                        mode="single"
                        selected={item.day ? new Date(`${item.day}T00:00:00`) : undefined}
                        onSelect={(day) => {
                          set({ day: day ? iso(day) : '' });
                          setDays(false);
                        }}
                      />
                    </Popover.Content>
                  </Popover.Portal>
                </Popover.Root>
                <Owner value={item.owner} onChange={(owner) => set({ owner })} />
                <RadioGroup.Root aria-label="Plan" value={item.plan} onValueChange={(plan) => set({ plan })}>
                  {plans.map((plan) => (
                    <span key={plan}>
                      <RadioGroup.Item value={plan} id={plan}>
                        <RadioGroup.Indicator>•</RadioGroup.Indicator>
                      </RadioGroup.Item>
                      <Label.Root htmlFor={plan}>{plan}</Label.Root>
                    </span>
                  ))}
                </RadioGroup.Root>
                <span>
                  <Checkbox.Root id="sure" checked={item.sure} onCheckedChange={(sure) => set({ sure })}>
                    <Checkbox.Indicator>✓</Checkbox.Indicator>
                  </Checkbox.Root>
                  <Label.Root htmlFor="sure">Sure</Label.Root>
                </span>
                <button type="submit">Save</button>
              </form>
            )}
            <Dialog.Close aria-label="Close">×</Dialog.Close>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <table>
        <thead>
          <tr>
            <th>Title</th>
            <th>Kind</th>
            <th>Day</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {things.items.map((one) => (
            <tr key={one.id}>
              <td>{one.title}</td>
              <td>{one.kind}</td>
              <td>{one.day}</td>
              <td>
                <DropdownMenu.Root>
                  <DropdownMenu.Trigger aria-label="Open menu">⋯</DropdownMenu.Trigger>
                  <DropdownMenu.Portal>
                    <DropdownMenu.Content className="drop">
                      <DropdownMenu.Item onSelect={() => things.open(one)}>Edit</DropdownMenu.Item>
                      <DropdownMenu.Item onSelect={() => things.doom(one)}>Delete</DropdownMenu.Item>
                    </DropdownMenu.Content>
                  </DropdownMenu.Portal>
                </DropdownMenu.Root>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AlertDialog.Root open={!!things.doomed} onOpenChange={(open) => open || things.doom()}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="veil" />
          <AlertDialog.Content className="layer">
            <AlertDialog.Title>Are you sure?</AlertDialog.Title>
            <AlertDialog.Description>It cannot be brought back.</AlertDialog.Description>
            <AlertDialog.Cancel>Cancel</AlertDialog.Cancel>
            <AlertDialog.Action onClick={things.drop}>Delete</AlertDialog.Action>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </>
  );
}

draw(<Page />);
