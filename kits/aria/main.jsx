/** React Aria Components: a date of segments, a combobox that takes only what it offers, a grid list with menus. */
import { parseDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  ComboBox,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Form,
  GridList,
  GridListItem,
  Group,
  Heading,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Menu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
  Radio,
  RadioGroup,
  Select,
  SelectValue,
  Switch,
  TextField,
} from 'react-aria-components';
import './page.css';
import { draw, useThings } from '../react.js';
import { kinds, owners, plans } from '../things.js';

const Options = ({ of }) => (
  <Popover className="drop">
    <ListBox>
      {of.map((name) => (
        <ListBoxItem key={name} id={name}>
          {name}
        </ListBoxItem>
      ))}
    </ListBox>
  </Popover>
);

function Page() {
  const things = useThings();
  const { item, set } = things;
  return (
    <>
      <Button onPress={() => things.open()}>New thing</Button>
      <GridList aria-label="Things" items={things.items}>
        {(one) => (
          <GridListItem textValue={one.title}>
            {one.title}
            <MenuTrigger>
              <Button aria-label="Actions">⋯</Button>
              <Popover className="drop">
                <Menu>
                  <MenuItem onAction={() => things.open(one)}>Edit</MenuItem>
                  <MenuItem onAction={() => things.doom(one)}>Delete…</MenuItem>
                </Menu>
              </Popover>
            </MenuTrigger>
          </GridListItem>
        )}
      </GridList>
      <ModalOverlay className="veil" isOpen={!!item} onOpenChange={(open) => open || things.shut()} isDismissable>
        <Modal className="layer">
          <Dialog>
            <Heading slot="title">{item?.id ? 'Edit thing' : 'New thing'}</Heading>
            {item && (
              <Form
                onSubmit={(event) => {
                  event.preventDefault();
                  void things.keep();
                }}
              >
                {things.refused && <p role="alert">{things.refused}</p>}
                <TextField isRequired value={item.title} onChange={(title) => set({ title })}>
                  <Label>Title</Label>
                  <Input />
                  <FieldError />
                </TextField>
                <Select isRequired value={item.kind || null} onChange={(kind) => set({ kind })}>
                  <Label>Kind</Label>
                  <Button>
                    <SelectValue />
                    <span aria-hidden="true">▼</span>
                  </Button>
                  <FieldError />
                  <Options of={kinds} />
                </Select>
                <DatePicker
                  isRequired
                  value={item.day ? parseDate(item.day) : null}
                  onChange={(day) => set({ day: day?.toString() ?? '' })}
                >
                  <Label>Day</Label>
                  <Group>
                    <DateInput style={{ display: 'inline-flex' }}>
                      {(segment) => <DateSegment segment={segment} />}
                    </DateInput>
                    <Button>▼</Button>
                  </Group>
                  <FieldError />
                  <Popover className="drop">
                    <Dialog>
                      <Calendar>
                        <header>
                          <Button slot="previous">◀</Button>
                          <Heading />
                          <Button slot="next">▶</Button>
                        </header>
                        <CalendarGrid>{(date) => <CalendarCell date={date} />}</CalendarGrid>
                      </Calendar>
                    </Dialog>
                  </Popover>
                </DatePicker>
                <ComboBox value={item.owner || null} onChange={(owner) => set({ owner: owner ?? '' })}>
                  <Label>Owner</Label>
                  <Input />
                  <Button>▼</Button>
                  <Options of={owners} />
                </ComboBox>
                <RadioGroup value={item.plan} onChange={(plan) => set({ plan })}>
                  <Label>Plan</Label>
                  {plans.map((plan) => (
                    <Radio key={plan} value={plan}>
                      {plan}
                    </Radio>
                  ))}
                </RadioGroup>
                <Switch isSelected={item.sure} onChange={(sure) => set({ sure })}>
                  Sure
                </Switch>
                <Button type="submit">Save</Button>
                <Button slot="close">Cancel</Button>
              </Form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
      <ModalOverlay className="veil" isOpen={!!things.doomed} onOpenChange={(open) => open || things.doom()}>
        <Modal className="layer">
          <Dialog role="alertdialog">
            <Heading slot="title">Delete thing</Heading>
            <p>It cannot be brought back.</p>
            <Button slot="close">Cancel</Button>
            <Button onPress={things.drop}>Delete</Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

draw(<Page />);
