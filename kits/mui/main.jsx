/** MUI: sections of a date that are typed one by one, a select and a menu that hide the page, an autocomplete. */
import {
  Alert,
  Autocomplete,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  FormControl,
  FormControlLabel,
  FormLabel,
  IconButton,
  InputLabel,
  List,
  ListItem,
  ListItemText,
  Menu,
  MenuItem,
  Radio,
  RadioGroup,
  Select,
  Stack,
  Switch,
  TextField,
} from '@mui/material';
import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import { DatePicker } from '@mui/x-date-pickers/DatePicker';
import { LocalizationProvider } from '@mui/x-date-pickers/LocalizationProvider';
import dayjs from 'dayjs';
import { useState } from 'react';
import { draw, useThings } from '../react.js';
import { kinds, owners, plans } from '../things.js';

function Page() {
  const things = useThings();
  const { item } = things;
  const [at, setAt] = useState();
  return (
    <LocalizationProvider dateAdapter={AdapterDayjs}>
      <Button variant="contained" onClick={() => things.open()}>
        New thing
      </Button>
      <List>
        {things.items.map((one) => (
          <ListItem
            key={one.id}
            secondaryAction={
              <IconButton aria-label="more" aria-haspopup="true" onClick={(e) => setAt({ on: e.currentTarget, one })}>
                ⋮
              </IconButton>
            }
          >
            <ListItemText primary={one.title} secondary={one.kind} />
          </ListItem>
        ))}
      </List>
      <Menu anchorEl={at?.on} open={!!at} onClose={() => setAt()}>
        <MenuItem
          onClick={() => {
            setAt();
            things.open(at.one);
          }}
        >
          Edit
        </MenuItem>
        <MenuItem
          onClick={() => {
            setAt();
            things.doom(at.one);
          }}
        >
          Delete
        </MenuItem>
      </Menu>
      <Dialog open={!!item} onClose={things.shut} fullWidth>
        <DialogTitle>{item?.id ? 'Edit thing' : 'New thing'}</DialogTitle>
        {item && (
          <DialogContent>
            <Stack spacing={2} sx={{ paddingTop: 1 }}>
              {things.refused && <Alert severity="error">{things.refused}</Alert>}
              <TextField
                label="Title"
                required
                value={item.title}
                onChange={(e) => things.set({ title: e.target.value })}
              />
              <FormControl required>
                <InputLabel id="kind">Kind</InputLabel>
                <Select
                  labelId="kind"
                  label="Kind"
                  value={item.kind}
                  onChange={(e) => things.set({ kind: e.target.value })}
                >
                  {kinds.map((kind) => (
                    <MenuItem key={kind} value={kind}>
                      {kind}
                    </MenuItem>
                  ))}
                </Select>
              </FormControl>
              <DatePicker
                label="Day"
                value={item.day ? dayjs(item.day) : null}
                onChange={(day) => things.set({ day: day?.isValid() ? day.format('YYYY-MM-DD') : '' })}
              />
              <Autocomplete
                options={owners}
                value={item.owner || null}
                onChange={(_, owner) => things.set({ owner: owner ?? '' })}
                renderInput={(params) => <TextField {...params} label="Owner" />}
              />
              <FormControl>
                <FormLabel id="plan">Plan</FormLabel>
                <RadioGroup
                  row
                  aria-labelledby="plan"
                  value={item.plan}
                  onChange={(e) => things.set({ plan: e.target.value })}
                >
                  {plans.map((plan) => (
                    <FormControlLabel key={plan} value={plan} control={<Radio />} label={plan} />
                  ))}
                </RadioGroup>
              </FormControl>
              <FormControlLabel
                control={<Switch checked={item.sure} onChange={(e) => things.set({ sure: e.target.checked })} />}
                label="Sure"
              />
            </Stack>
          </DialogContent>
        )}
        <DialogActions>
          <Button onClick={things.shut}>Cancel</Button>
          <Button variant="contained" onClick={() => things.keep()}>
            Save
          </Button>
        </DialogActions>
      </Dialog>
      <Dialog open={!!things.doomed} onClose={() => things.doom()}>
        <DialogTitle>Delete this thing?</DialogTitle>
        <DialogContent>
          <DialogContentText>It cannot be brought back.</DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => things.doom()}>Cancel</Button>
          <Button onClick={things.drop}>Delete</Button>
        </DialogActions>
      </Dialog>
    </LocalizationProvider>
  );
}

draw(<Page />);
