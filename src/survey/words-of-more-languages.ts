/**
 * What controls are called in Italian, Dutch, Polish, Russian, Turkish, Chinese, Japanese, Korean, Hindi and Arabic, as data. Plain words, parted
 * by a bar; those of scripts that part no words are found anywhere in a name.
 */
import { moreLogOutWords } from '../model/log-out.ts';

export const moreWords = {
  signUp:
    'registrati|iscriviti|registrazione|crea (un )?account|registreren|registreer|aanmelden als nieuw|account aanmaken|zarejestruj( sie)?|rejestracja|zaloz konto|utworz konto|зарегистрироваться|регистрация|создать аккаунт|kayit ol|uye ol|hesap olustur|注册|註冊|创建账号|创建账户|新規登録|会員登録|アカウント作成|登録する|회원가입|가입하기|계정 만들기|साइन अप|पंजीकरण|रजिस्टर|खाता बनाएं|إنشاء حساب|تسجيل جديد|اشترك|سجل الان',
  logIn:
    'accedi|entra|inloggen|log in|zaloguj( sie)?|logowanie|войти|вход|авторизоваться|giris( yap)?|oturum ac|登录|登入|ログイン|サインイン|로그인|लॉग इन|लॉगिन|साइन इन|تسجيل الدخول|دخول',
  logOut: moreLogOutWords,
  create:
    'nuov[oaie]|crea|aggiungi|inserisci|nieuwe?|toevoegen|maken|aanmaken|nowy|nowa|nowe|dodaj|utworz|stworz|новый|новая|новое|создать|добавить|yeni|ekle|olustur|新建|添加|新增|创建|增加|发布|追加|新規|作成|投稿|추가|새로|만들기|작성|등록|नया|नई|जोड़ें|बनाएं|إضافة|اضافة|أضف|جديد|إنشاء',
  save: 'salva|crea|aggiungi|invia|conferma|avanti|opslaan|bewaren|toevoegen|verzenden|versturen|volgende|zapisz|dodaj|wyslij|utworz|dalej|potwierdz|сохранить|добавить|отправить|создать|далее|готово|kaydet|ekle|gonder|olustur|ileri|tamam|保存|提交|添加|确定|发布|发送|下一步|完成|追加|送信|登録|次へ|作成|決定|저장|추가|등록|보내기|다음|완료|확인|सहेजें|सेव|जोड़ें|भेजें|जमा करें|आगे|حفظ|إضافة|إرسال|ارسال|التالي|إنشاء',
  cancel:
    'annulla|chiudi|indietro|annuleren|sluiten|terug|anuluj|zamknij|wstecz|powrot|отмена|отменить|закрыть|назад|iptal|vazgec|kapat|geri|取消|关闭|返回|キャンセル|閉じる|戻る|취소|닫기|뒤로|रद्द करें|बंद करें|वापस|إلغاء|الغاء|إغلاق|رجوع',
  edit: 'modifica|rinomina|bewerken|wijzigen|hernoemen|aanpassen|edytuj|zmien|редактировать|изменить|правка|duzenle|degistir|编辑|修改|重命名|編集|変更|수정|편집|변경|संपादित करें|बदलें|تعديل|تحرير|تغيير',
  remove:
    'elimina|rimuovi|cancella|verwijderen|wissen|usun|skasuj|удалить|убрать|sil|kaldir|删除|移除|刪除|削除|삭제|제거|हटाएं|मिटाएं|डिलीट|حذف|إزالة|مسح',
  confirm:
    'si|conferma|elimina|bevestigen|verwijderen|tak|potwierdz|usun|да|подтвердить|удалить|evet|onayla|sil|确定|确认|删除|はい|確認|削除|확인|삭제|हाँ|पुष्टि करें|हटाएं|نعم|تأكيد|حذف',
  menu: 'altro|azioni|opzioni|meer|acties|opties|wiecej|akcje|opcje|ещё|еще|действия|меню|daha fazla|islemler|secenekler|更多|操作|菜单|その他|操作|メニュー|더보기|메뉴|작업|अधिक|विकल्प|मेनू|المزيد|خيارات|القائمة',
  search:
    'cerca|filtra|ricerca|zoeken|zoek|filteren|szukaj|wyszukaj|filtruj|поиск|найти|искать|фильтр|ara|filtrele|搜索|查找|筛选|检索|検索|絞り込み|검색|찾기|필터|खोजें|फ़िल्टर|بحث|ابحث|تصفية',
  settings:
    'impostazioni|profilo|preferenze|instellingen|profiel|ustawienia|profil|настройки|профиль|ayarlar|profil|设置|个人资料|偏好|設定|プロフィール|설정|프로필|सेटिंग्स|प्रोफ़ाइल|الإعدادات|الملف الشخصي',
  members:
    'utenti|membri|dipendenti|gebruikers|leden|medewerkers|uzytkownicy|czlonkowie|pracownicy|пользователи|участники|сотрудники|kullanicilar|uyeler|ekip|用户|使用者|成员|员工|ユーザー|メンバー|사용자|회원|구성원|उपयोगकर्ता|सदस्य|المستخدمين|المستخدمون|الأعضاء',
  title:
    'titolo|oggetto|compito|attivita|ricetta|taak|onderwerp|naam|tytul|zadanie|nazwa|temat|название|заголовок|задача|тема|имя|baslik|gorev|isim|konu|标题|名称|任务|主题|项目|タイトル|題名|件名|タスク|名前|名称|제목|할 일|이름|शीर्षक|कार्य|नाम|العنوان|عنوان|المهمة|الاسم',
  personName:
    'nome utente|nome|cognome|gebruikersnaam|voornaam|achternaam|nazwa uzytkownika|imie|nazwisko|имя пользователя|имя|фамилия|kullanici adi|ad soyad|soyad|用户名|姓名|昵称|ユーザー名|氏名|お名前|사용자 이름|이름|닉네임|उपयोगकर्ता नाम|आपका नाम|اسم المستخدم|الاسم الكامل',
  danger:
    'paga|acquista|invita|esporta|importa|betalen|kopen|uitnodigen|exporteren|importeren|zaplac|kup|zapros|eksportuj|importuj|оплатить|купить|пригласить|экспорт|импорт|satin al|davet et|disa aktar|支付|购买|邀请|导出|导入|重置|清空|支払|購入|招待|リセット|결제|구매|초대|초기화|내보내기|भुगतान|खरीदें|आमंत्रित|دفع|شراء|دعوة|تصدير|استيراد',
  keeping:
    'carrello|preferiti|prenotazioni|winkelwagen|winkelmand|favorieten|boekingen|koszyk|ulubione|rezerwacje|корзина|избранное|бронирования|sepet|favoriler|rezervasyonlar|购物车|收藏|预订|カート|お気に入り|予約|장바구니|찜|예약 내역|कार्ट|पसंदीदा|السلة|المفضلة|الحجوزات',
  terms:
    'accetto|termini|condizioni|akkoord|voorwaarden|akceptuje|regulamin|zgadzam|согласен|согласна|условия|принимаю|kabul ediyorum|sartlar|同意|条款|協議|利用規約|同意する|동의|약관|सहमत|शर्तें|أوافق|الشروط',
  demo: 'ospite|gast|gosc|гость|демо|misafir|游客|体验|ゲスト|お試し|게스트|체험|अतिथि|ضيف|تجربة',
} as const;
