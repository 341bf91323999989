class auto:
    def __init__(self, value=None):
        self.value = value


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or isinstance(value, (classmethod, staticmethod, property))


def _is_member_name(name):
    return not (name.startswith("__") and name.endswith("__")) and not name.startswith("_")


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class EnumMeta(type):
    def __new__(metacls, name, bases, namespace, **keywords):
        ignored = namespace.get("_ignore_", ())
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        members = {}
        plain = {}
        for key, value in namespace.items():
            if isinstance(value, member):
                members[key] = value.value
            elif isinstance(value, nonmember):
                plain[key] = value.value
            elif not _is_member_name(key) or _is_descriptor(value) or key in ignored:
                plain[key] = value
            else:
                members[key] = value
        cls = type.__new__(metacls, name, bases, plain, **keywords)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        mixed = [base for base in cls.__mro__[1:] if not isinstance(base, EnumMeta) and base is not object]
        cls._member_type_ = mixed[0] if mixed else object
        values = []
        for key, value in members.items():
            if isinstance(value, auto):
                if value.value is None:
                    value = cls._generate_next_value_(key, 1, len(values), values)
                else:
                    value = value.value
            elif isinstance(value, tuple):
                value = tuple([
                    cls._generate_next_value_(key, 1, len(values), values) if isinstance(item, auto) else item
                    for item in value
                ])
            values.append(metacls._add(cls, key, value))
        return cls

    def _add(cls, key, value):
        args = value if isinstance(value, tuple) else (value,)
        if "__new__" in cls._user_new():
            made = cls._user_new()["__new__"](cls, *args)
        elif cls._member_type_ is object or not hasattr(cls._member_type_, "__new__"):
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, *args)
        if "_value_" not in made.__dict__:
            made._value_ = value if cls._member_type_ is object or isinstance(value, tuple) and cls._member_type_ is tuple else cls._plain_value(value, args)
        made._name_ = key
        if hasattr(cls, "__init__") and "__init__" in cls._user_init():
            made.__init__(*args)
        for known in cls._member_map_.values():
            if known._value_ == made._value_:
                made = known
                break
        else:
            cls._member_names_.append(key)
            try:
                cls._value2member_map_[made._value_] = made
            except TypeError:
                pass
        cls._member_map_[key] = made
        type.__setattr__(cls, key, made)
        return made._value_

    def _plain_value(cls, value, args):
        if cls._member_type_ in (int, str, float):
            return cls._member_type_(*args)
        return value

    def _user_new(cls):
        for base in cls.__mro__:
            if isinstance(base, EnumMeta) and "__new__" in base.__dict__ and base.__name__ not in ("Enum", "Flag"):
                return {"__new__": base.__dict__["__new__"].__get__(None, base)}
        return {}

    def _user_init(cls):
        for base in cls.__mro__:
            if base is object or base is cls._member_type_:
                return {}
            if "__init__" in base.__dict__:
                return base.__dict__
        return {}

    def __call__(cls, value, names=None, **keywords):
        if names is None and "_member_map_" in cls.__dict__ and cls._member_map_:
            return cls._lookup(value)
        if names is None:
            return cls._lookup(value)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, dict):
            pairs = list(names.items())
        else:
            pairs = [
                (item, index + 1) if isinstance(item, str) else tuple(item) for index, item in enumerate(names)
            ]
        return EnumMeta(value, (cls,), dict(pairs))

    def _lookup(cls, value):
        if type(value) is cls:
            return value
        try:
            if value in cls._value2member_map_:
                return cls._value2member_map_[value]
        except TypeError:
            pass
        for known in cls._member_map_.values():
            if known._value_ == value:
                return known
        missing = cls._missing_(value)
        if missing is None:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        return missing

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        if type(value) is cls:
            return True
        return any(known._value_ == value for known in cls._member_map_.values())

    @property
    def __members__(cls):
        return dict(cls._member_map_)


EnumType = EnumMeta


class Enum(metaclass=EnumMeta):
    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        numbers = [value for value in last_values if isinstance(value, int)]
        return max(numbers) + 1 if numbers else start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f"<{self.__class__.__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, ReprEnum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        highest = 0
        for value in last_values:
            highest = max(highest, value)
        return start if highest == 0 else 1 << highest.bit_length()

    @classmethod
    def _missing_(cls, value):
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        made._value_ = value
        made._name_ = "|".join([known._name_ for known in cls if known._value_ & value == known._value_ and known._value_]) or None
        cls._value2member_map_[value] = made
        return made

    def __or__(self, other):
        return self.__class__(self._value_ | (other._value_ if isinstance(other, Flag) else other))

    def __and__(self, other):
        return self.__class__(self._value_ & (other._value_ if isinstance(other, Flag) else other))

    def __xor__(self, other):
        return self.__class__(self._value_ ^ (other._value_ if isinstance(other, Flag) else other))

    def __invert__(self):
        every = 0
        for known in self.__class__:
            every = every | known._value_
        return self.__class__(every & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __iter__(self):
        return iter([known for known in self.__class__ if known._value_ & self._value_ and known._value_ & (known._value_ - 1) == 0])


class IntFlag(int, Flag):
    pass


def unique(enumeration):
    for name, made in enumeration.__members__.items():
        if name != made.name:
            raise ValueError(f"duplicate values found in {enumeration!r}")
    return enumeration


def verify(*checks):
    return lambda enumeration: enumeration


def global_enum(cls, update_str=False):
    return cls


DynamicClassAttribute = property
