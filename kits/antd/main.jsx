/** Ant Design: a form that checks before it sends, a table, a menu that opens by hovering, a modal that is called. */
import {
  Alert,
  AutoComplete,
  Button,
  Checkbox,
  DatePicker,
  Dropdown,
  Form,
  Input,
  Modal,
  Radio,
  Select,
  Table,
} from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { draw, useThings } from '../react.js';
import { kinds, owners, plans, remove } from '../things.js';

const options = (names) => names.map((value) => ({ value, label: value }));

function Page() {
  const things = useThings();
  const { item } = things;
  const [form] = Form.useForm();
  const [modal, layers] = Modal.useModal();
  useEffect(() => {
    if (item)
      form.setFieldsValue({ ...item, kind: item.kind || undefined, day: item.day ? dayjs(item.day) : undefined });
  }, [item, form]);
  const keep = async () => {
    const { day, ...given } = await form.validateFields();
    await things.keep({ ...item, ...given, day: day?.format('YYYY-MM-DD') ?? '' });
  };
  const ask = (one) =>
    modal.confirm({
      title: 'Delete this thing?',
      content: 'It cannot be brought back.',
      okText: 'Delete',
      onOk: async () => {
        await remove(one);
        await things.refresh();
      },
    });
  return (
    <>
      {layers}
      <Button type="primary" onClick={() => things.open()}>
        Add thing
      </Button>
      <Table
        rowKey="id"
        pagination={{ pageSize: 50 }}
        dataSource={things.items}
        columns={[
          { title: 'Title', dataIndex: 'title' },
          { title: 'Kind', dataIndex: 'kind' },
          { title: 'Day', dataIndex: 'day' },
          {
            title: '',
            key: 'more',
            render: (_, one) => (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'edit', label: 'Edit', onClick: () => things.open(one) },
                    { key: 'delete', label: 'Delete', danger: true, onClick: () => ask(one) },
                  ],
                }}
              >
                <Button type="text" aria-label="Actions">
                  ⋯
                </Button>
              </Dropdown>
            ),
          },
        ]}
      />
      <Modal
        title={item?.id ? 'Edit thing' : 'Add thing'}
        open={!!item}
        onCancel={things.shut}
        onOk={keep}
        okText="Save"
        destroyOnHidden
      >
        {things.refused && <Alert type="error" title={things.refused} />}
        <Form form={form} layout="vertical" preserve={false}>
          <Form.Item name="title" label="Title" rules={[{ required: true }]}>
            <Input />
          </Form.Item>
          <Form.Item name="kind" label="Kind" rules={[{ required: true }]}>
            <Select options={options(kinds)} placeholder="Select a kind" />
          </Form.Item>
          <Form.Item name="day" label="Day" rules={[{ required: true }]}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="owner" label="Owner">
            <AutoComplete options={options(owners)} />
          </Form.Item>
          <Form.Item name="plan" label="Plan" rules={[{ required: true }]}>
            <Radio.Group options={options(plans)} />
          </Form.Item>
          <Form.Item name="sure" valuePropName="checked">
            <Checkbox>Sure</Checkbox>
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

draw(<Page />);
